using System.Net;
using System.Net.Http.Json;
using ClientPortal.Testing;
using Npgsql;
using Xunit.Abstractions;

namespace ClientPortal.Mail.Tests;

/// <summary>A PostgreSQL that crashes or has no room: a server of its own.</summary>
public sealed class DatabaseFaultTests(ITestOutputHelper output) : IAsyncLifetime
{
    private readonly PortalFixture fixture = new();

    public Task InitializeAsync() => fixture.InitializeAsync();

    public Task DisposeAsync() => fixture.DisposeAsync();

    [Fact]
    public async Task JOB_04_While_PostgreSQL_is_away_the_API_answers_503_and_once_it_is_back_it_serves_and_mails_by_itself()
    {
        await using var scene = await MailScene.CreateAsync(fixture, Limits.Real);
        var (_, url) = await scene.StartReadyHostAsync();
        using var http = new HttpClient { BaseAddress = url };
        http.DefaultRequestHeaders.Authorization = new("Bearer", await scene.Database.StaffAsync("CLIENTS_INVITE"));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(http));
        using var anybody = new HttpClient { BaseAddress = url };

        for (var time = 1; time <= 3; time++)
        {
            await scene.QueueAsync([.. Enumerable.Range(0, 20).Select(n => $"crash{time}.{n}@example.com")]);
            await fixture.CrashDatabaseAsync();
            NpgsqlConnection.ClearAllPools();
            Assert.Equal(HttpStatusCode.ServiceUnavailable, await AskAsync(http));
            Assert.Equal(HttpStatusCode.ServiceUnavailable, await AskAsync(anybody, "mutation { signIn(input: { email: \"a@example.com\", password: \"four unrelated words\" }) { token } }"));
            Assert.Equal(HttpStatusCode.ServiceUnavailable, (await http.GetAsync(new Uri("healthz/ready", UriKind.Relative))).StatusCode);
            await fixture.StartDatabaseAsync();

            var refused = 0;
            await Eventually.TrueAsync(async () =>
            {
                var serves = await AskAsync(http) == HttpStatusCode.OK;
                refused += serves ? 0 : 1;
                return serves;
            });
            output.WriteLine($"Served again after {refused} were turned away.");
            Assert.InRange(refused, 0, 40); // a connection of the pool that broke turns one away, and no pause keeps the others waiting
            await scene.QueueAsync($"after{time}@example.com");
            await scene.Sink.WaitForAsync(m => m.To[0] == $"after{time}@example.com");
        }

        Assert.Empty(Wire.Violations(Limits.Real, scene.Sink.Mails));
    }

    [UnixRootFact] // a file system of its own can be made too small by root alone
    public async Task JOB_06_A_full_disk_lets_no_mail_leave_without_its_place_in_the_ledger_and_needs_no_hand_to_recover()
    {
        await using var disk = await SmallDisk.MountAsync(megabytes: 24);
        await using var scene = await MailScene.CreateAsync(fixture, Limits.Real);
        await scene.Database.ExecuteAsync($"create tablespace small location '{disk.Folder}'");
        try
        {
            await MoveLedgerAsync(scene, "small");
            await FillAndEmptyAsync(disk, scene);
        }
        finally
        {
            disk.Empty();
            await MoveLedgerAsync(scene, "pg_default"); // a server does not start again without its tablespaces
            await scene.Database.ExecuteFromOutsideAsync("drop tablespace small");
        }
    }

    private static async Task MoveLedgerAsync(MailScene scene, string tablespace)
    {
        await scene.Database.ExecuteAsync($"alter table mail.attempt set tablespace {tablespace}");
        foreach (var index in await scene.Database.ScalarAsync<string[]>("select array_agg(indexrelid::regclass::text) from pg_index where indrelid = 'mail.attempt'::regclass"))
        {
            await scene.Database.ExecuteAsync($"alter index {index} set tablespace {tablespace}");
        }
    }

    private async Task FillAndEmptyAsync(SmallDisk disk, MailScene scene)
    {
        scene.StartHost();
        await scene.QueueAsync("first@example.com");
        await scene.Sink.WaitForAsync(m => m.To[0] == "first@example.com");

        disk.Fill();
        await scene.QueueAsync([.. Enumerable.Range(0, 600).Select(n => $"full{n}@example.com")]);

        // The ledger's last pages take a few more, then none at all.
        var (mails, since) = (0, Environment.TickCount64);
        await Eventually.TrueAsync(() =>
        {
            if (scene.Sink.Mails.Count != mails)
            {
                (mails, since) = (scene.Sink.Mails.Count, Environment.TickCount64);
            }

            return Task.FromResult(Environment.TickCount64 - since > 4000);
        });
        output.WriteLine($"{mails} mails had room.");
        Assert.InRange(mails, 1, 600);
        await AssertAllHaveAPlaceAsync(scene);

        disk.Empty();
        // What was refused, the last of them perhaps only now, is tried again after five minutes, which pass here at once.
        await Eventually.TrueAsync(async () =>
        {
            await scene.Database.ExecuteAsync("update mail.outbox set not_before = not_before - interval '5 minutes' where state = 'QUEUED' and last_error is not null and not_before > clock_timestamp() at time zone 'UTC' + interval '1 minute'; notify outbox");
            return await scene.CountAsync("QUEUED") == 0;
        });
        await scene.SettledAsync();
        await AssertAllHaveAPlaceAsync(scene);
        Assert.Equal(601, scene.Sink.Mails.Count);
        Assert.Equal(601L, await scene.CountAsync("SENT"));
    }

    private static async Task AssertAllHaveAPlaceAsync(MailScene scene)
    {
        var ledger = (await scene.Database.ScalarAsync<Guid[]>("select coalesce(array_agg(outbox_id), '{}') from mail.attempt")).Select(id => $"<{id:N}@example.com>").ToHashSet();
        Assert.All(scene.Sink.Mails, mail => Assert.Contains(mail.MessageId, ledger));
    }

    private static async Task<HttpStatusCode> AskAsync(HttpClient http, string query = "{ viewer { name } }")
    {
        using var response = await http.PostAsJsonAsync(new Uri("graphql", UriKind.Relative), new { query });
        return response.StatusCode;
    }
}

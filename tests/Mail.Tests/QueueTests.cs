using ClientPortal.Testing;

namespace ClientPortal.Mail.Tests;

/// <summary>Who goes first, and who holds nobody up.</summary>
[Collection(nameof(PortalFixture))]
public sealed class QueueTests(PortalFixture fixture)
{
    [Fact]
    public async Task THR_12_Hundreds_of_mails_to_one_address_keep_its_limits_and_delay_nobody_else()
    {
        await using var scene = await MailScene.CreateAsync(fixture, Limits.Scaled);
        await scene.QueueAsync([.. Enumerable.Repeat("one@example.com", 100), .. Enumerable.Range(0, 400).Select(n => $"other{n}@example.com")]);
        scene.StartHost();

        await Eventually.TrueAsync(() => scene.Database.ScalarAsync<bool>("select count(*) = 400 from mail.outbox where state = 'SENT' and to_address like 'other%'"));

        await scene.Sink.CaughtUpAsync();
        Assert.InRange(scene.Sink.Mails.Count(m => m.To[0] == "one@example.com"), 1, 99); // how many its limits let through by now; they did not wait for the hundredth
        Assert.Empty(Wire.Violations(Limits.Scaled, scene.Sink.Mails));
        Assert.True(await scene.Database.ScalarAsync<bool>("select bool_and(waits_for = 'THROTTLE') from mail.outbox where state = 'QUEUED'"));
    }

    [Fact]
    public async Task THR_04_One_address_at_two_clients_gets_its_second_mail_a_minute_later_on_the_wire()
    {
        await using var scene = await MailScene.CreateAsync(fixture, Limits.Scaled);
        await scene.QueueAsync("both@example.com", "both@example.com"); // each at a client of its own
        scene.StartHost();

        await scene.SettledAsync();

        var mails = scene.Sink.Mails;
        Assert.Equal(["Client 1", "Client 2"], mails.Select(m => MailContentTests.ClientName().Match(m.Text).Value).Order(StringComparer.Ordinal));
        Assert.InRange(mails[1].StartedAt - mails[0].ReceivedAt, (long)Limits.Scaled.Gap.TotalMilliseconds, long.MaxValue);
        Assert.Equal(1L, await scene.Database.ScalarAsync<long>("select count(distinct recipient_key) from mail.attempt"));
    }

    [Fact]
    public async Task A_single_invitation_does_not_wait_behind_a_bulk_run()
    {
        await using var scene = await MailScene.CreateAsync(fixture, Limits.Real);
        await scene.Sink.MisbehaveAsync(new { hold = true });
        await scene.QueueAsync([.. Enumerable.Range(0, 500).Select(n => $"bulk{n}@example.com")]);
        scene.StartHost();
        await Eventually.TrueAsync(() => Task.FromResult(scene.Sink.Mails.Count == 16)); // all that are on their way at a time

        await scene.QueueAsync("single@example.com");
        await scene.Sink.MisbehaveAsync(new { });

        await scene.Sink.WaitForAsync(m => m.To[0] == "single@example.com");
        Assert.InRange(scene.Sink.Mails.TakeWhile(m => m.To[0] != "single@example.com").Count(), 16, 300);
    }

    [Fact]
    public async Task Whom_to_send_to_next_is_read_from_an_index_however_many_wait()
    {
        await using var scene = await MailScene.CreateAsync(fixture, Limits.Real);
        await scene.Database.ExecuteAsync(
            """
            insert into mail.outbox (id, kind, reference, recipient_key, to_address, to_name, subject, bulk, state)
              select gen_random_uuid(), 'TEST', gen_random_uuid(), n || '@example.com', n || '@example.com', '', '', n % 10 > 0, case when n % 2 = 0 then 'SENT' else 'QUEUED' end from generate_series(1, 50000) n;
            analyze mail.outbox
            """);

        foreach (var lane in new[] { "not b.bulk", "b.bulk" })
        {
            var plan = await scene.Database.ScalarAsync<string>($"explain (format json) select b.id from mail.outbox b where b.state = 'QUEUED' and {lane} and b.not_before <= (clock_timestamp() at time zone 'UTC') order by b.not_before, b.id limit 16 for update skip locked");
            Assert.Contains("outbox_due", plan, StringComparison.Ordinal);
            Assert.DoesNotContain("Sort", plan, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task JOB_08_A_row_that_the_database_refuses_harms_no_other_and_staff_see_it()
    {
        await using var scene = await MailScene.CreateAsync(fixture, Limits.Real);
        await scene.Database.ExecuteAsync(
            """
            create function public.poison() returns trigger language plpgsql as 'begin raise exception ''poison''; end';
            create trigger poison before update of state on mail.outbox for each row when (new.to_address = 'poison@example.com') execute function public.poison()
            """);
        await scene.QueueAsync(["a@example.com", "poison@example.com", .. Enumerable.Range(0, 40).Select(n => $"b{n}@example.com")]);
        var (_, url) = await scene.StartReadyHostAsync();

        await Eventually.TrueAsync(async () => await scene.CountAsync("SENT") == 41);
        await Eventually.TrueAsync(() => scene.Database.ScalarAsync<bool>("select last_error is not null from mail.outbox where to_address = 'poison@example.com'"));

        using var http = new HttpClient { BaseAddress = url };
        http.DefaultRequestHeaders.Authorization = new("Bearer", await scene.Database.StaffAsync("CLIENTS_INVITE"));
        using var answer = await http.PostAsync(new Uri("graphql", UriKind.Relative), System.Net.Http.Json.JsonContent.Create(new { query = "{ emails(filter: { state: QUEUED }) { nodes { recipient state attempts lastError notBefore } } }" }));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.Contains("poison@example.com", text, StringComparison.Ordinal);
        Assert.Contains("The database refuses to hand it to a sender (SQLSTATE P0001).", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task THR_01_Of_fifty_resends_at_once_over_four_processes_one_mail_leaves_and_the_others_hear_when()
    {
        await using var scene = await MailScene.CreateAsync(fixture, Limits.Real);
        await scene.QueueAsync("somebody@example.com");
        var hosts = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => scene.StartReadyHostAsync()));
        await scene.SettledAsync();
        await scene.Database.ExecuteAsync("update mail.attempt set reserved_at = reserved_at - interval '2 minutes', lease_until = lease_until - interval '2 minutes', finished_at = finished_at - interval '2 minutes'");
        var session = await scene.Database.StaffAsync("CLIENTS_INVITE");
        var contact = GraphQL.NodeId.Encode("Contact", await scene.Database.ScalarAsync<Guid>("select id from clients.contact"));
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new("Bearer", session);

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(async n =>
        {
            using var response = await http.PostAsync(new Uri(hosts[n % 4].Url, "graphql"), System.Net.Http.Json.JsonContent.Create(new
            {
                query = "mutation ($id: ID!) { resendInvitation(input: { contactId: $id }) { errors { __typename ... on ThrottledError { retryAt limit } } } }",
                variables = new { id = contact },
            }));
            return System.Text.Json.JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("data").GetProperty("resendInvitation").GetProperty("errors");
        }));

        Assert.Single(answers, e => e.ValueKind == System.Text.Json.JsonValueKind.Null);
        Assert.All(answers.Where(e => e.ValueKind != System.Text.Json.JsonValueKind.Null), e =>
        {
            Assert.Equal("COOLDOWN", e[0].GetProperty("limit").GetString());
            Assert.InRange(e[0].GetProperty("retryAt").GetDateTimeOffset(), DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddMinutes(2));
        });
        await scene.SettledAsync();
        Assert.Equal(2, scene.Sink.Mails.Count);
    }
}

using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using ClientPortal.Platform;
using ClientPortal.Platform.Migrations;
using ClientPortal.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace ClientPortal.Host.Tests;

/// <summary>A database is brought to a later version while hosts of this one serve.</summary>
[Collection(nameof(PortalFixture))]
public sealed class MigrationUnderLoadTests(PortalFixture fixture)
{
    private const int Clients = 4;
    private const int InvoicesEach = 5;

    [Fact]
    public async Task JOB_10_While_a_migration_runs_nobody_gets_a_foreign_row_or_is_turned_away()
    {
        await using var portal = await fixture.StartPortalAsync();
        var sessions = await Task.WhenAll(Enumerable.Range(1, Clients).Select(n => ContactAsync(portal.Database, n)));
        var answers = new ConcurrentBag<(long At, string Text, bool Right)>();
        using var end = new CancellationTokenSource();
        var callers = Enumerable.Range(0, 2 * Clients).Select(n => AskUntilAsync(portal, sessions[n % Clients], n % Clients + 1, answers, end.Token)).ToList();
        await Eventually.TrueAsync(() => Task.FromResult(answers.Count > 100));

        var began = Environment.TickCount64;
        var applied = await Migrator.MigrateAsync(new NpgsqlConnectionStringBuilder(portal.Database.ConnectionStrings["Migrator"]), MigrationSet.Of([.. Modules.All, new Later()]), CancellationToken.None);
        var done = Environment.TickCount64;
        await Eventually.TrueAsync(() => Task.FromResult(answers.Count(a => a.At > done) > 100));
        await end.CancelAsync();
        await Task.WhenAll(callers);

        Assert.Equal(["Later/9000_later.sql"], applied);
        Assert.Contains(answers, a => a.At > began && a.At < done); // it was under load, and was not waited for before it began
        Assert.Empty(answers.Where(a => !a.Right).Select(a => a.Text)); // never another's rows, and whoever came meanwhile waited
    }

    private static async Task AskUntilAsync(TestPortal portal, string session, int n, ConcurrentBag<(long At, string Text, bool Right)> answers, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "graphql") { Content = JsonContent.Create(new { query = "{ portal { client { number } invoices { nodes { number } } } }" }) };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", session);
            using var response = await portal.Http.SendAsync(request, CancellationToken.None);
            var text = await response.Content.ReadAsStringAsync(CancellationToken.None);
            answers.Add((Environment.TickCount64, $"{(int)response.StatusCode} {text}", response.IsSuccessStatusCode && IsOwn(JsonDocument.Parse(text).RootElement.GetProperty("data"), n)));
        }
    }

    private static bool IsOwn(JsonElement data, int n) =>
        data.ValueKind == JsonValueKind.Object && data.GetProperty("portal") is { ValueKind: JsonValueKind.Object } view
        && view.GetProperty("client").GetProperty("number").GetString() == $"C{n}"
        && view.GetProperty("invoices").GetProperty("nodes").EnumerateArray().Select(i => i.GetProperty("number").GetString()).Order(StringComparer.Ordinal)
            .SequenceEqual(Enumerable.Range(1, InvoicesEach).Select(i => $"{n}.{i}"));

    // A client with invoices, and a contact who sees them all.
    private static async Task<string> ContactAsync(TestDatabase database, int n)
    {
        var (client, contact) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var person = (await database.PersonAsync("CLIENT", $"Contact {n}")).Id;
        await database.ExecuteAsync("insert into clients.client (id, number, name, currency) values ($1, $2, $2, 'EUR')", client, $"C{n}");
        await database.ExecuteAsync("insert into clients.contact (id, client_id, name) values ($1, $2, 'Contact')", contact, client);
        await database.ExecuteAsync("insert into invitations.invitation (contact_id, client_id, status, person_id, onboarded_at) values ($1, $2, 'ONBOARDED', $3, now())", contact, client, person);
        await database.ExecuteAsync(
            """
            insert into billing.invoice (id, client_id, number, status, issued_on, due_on, currency, subtotal, tax)
              select gen_random_uuid(), $1, $2 || '.' || i, 'ISSUED', date '2026-01-10', date '2026-02-10', 'EUR', 100, 0 from generate_series(1, $3) i
            """, client, $"{n}", InvoicesEach);
        return await database.SessionAsync(person);
    }

    /// <summary>A module of a later version; this assembly carries its SQL.</summary>
    private sealed class Later : IModule
    {
        public string Name => "Later";

        public void AddServices(IServiceCollection services, IConfiguration configuration)
        {
        }
    }
}

using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ClientPortal.Platform.Database;
using ClientPortal.Testing;
using Microsoft.Extensions.Configuration;
using Npgsql;
using Xunit.Abstractions;

namespace ClientPortal.Isolation.Tests;

/// <summary>Many contacts over few connections. <c>ISO_11_REQUESTS=10000 dotnet test tests/Isolation.Tests --filter PoolTests</c> asks as often as the list of attacks says.</summary>
[Collection(nameof(OnboardedPortal))]
public sealed class PoolTests(OnboardedPortal shared, ITestOutputHelper output)
{
    private static readonly int Requests = int.Parse(Environment.GetEnvironmentVariable("ISO_11_REQUESTS") ?? "2000", CultureInfo.InvariantCulture);

    private const int Callers = 24; // three for each connection
    private const int Seed = 11;

    [Fact]
    public async Task ISO_11_of_2000_requests_or_more_over_8_connections_a_quarter_aborted_none_gets_a_foreign_row()
    {
        var pools = shared.Portal.Database.ConnectionStrings.Where(c => c.Key != "Migrator").Select(c => ($"ConnectionStrings:{c.Key}", (string?)$"{c.Value};Maximum Pool Size=8;Application Name=iso-11;Timeout=100"));
        await using var portal = await shared.Fixture.StartPortalAsync(shared.Portal.Database, [.. pools]);
        var rows = shared.Folder.Contacts.Where(c => c["email"].Length > 0).ToLookup(c => (c["client_number"], c["email"], c["name"]));
        var callers = shared.Contacts.Where(s => Rights.Of(shared.Folder, rows[(s.ClientNumber, s.Email, s.Name)].First()).HasPortal)
            .Select(s => new Caller(s, shared.ClientIds[s.ClientNumber], Expected.Of(shared.Folder, rows[(s.ClientNumber, s.Email, s.Name)].First(), DateOnly.MinValue).Invoices.ToHashSet())).ToList();
        var (asked, answered, aborted, foreign) = (0, 0, 0, new ConcurrentBag<string>());
        var latency = 20.0; // milliseconds, a running mean: aborts come at any moment of a request's life, on a machine of any speed
        var next = -1;

        await Task.WhenAll(Enumerable.Range(0, Callers).Select(async worker =>
        {
            var random = new Random(Seed + worker);
            int n;
            // When a request is answered is chance: they go on until enough were aborted before that.
            while ((n = Interlocked.Increment(ref next)) < Requests || (n < 20 * Requests && Volatile.Read(ref aborted) < Requests / 10))
            {
                Interlocked.Increment(ref asked);
                var caller = callers[random.Next(callers.Count)];
                using var abort = n % 4 == 0 ? new CancellationTokenSource(TimeSpan.FromMilliseconds(random.NextDouble() * latency)) : new CancellationTokenSource();
                var begun = Environment.TickCount64;
                try
                {
                    await CheckAsync(portal, caller, foreign, abort.Token);
                    Interlocked.Increment(ref answered);
                    latency = (latency * 0.99) + ((Environment.TickCount64 - begun) * 0.01);
                }
                catch (OperationCanceledException)
                {
                    Interlocked.Increment(ref aborted);
                }
            }
        }));

        output.WriteLine($"{asked} requests of {callers.Count} contacts: {answered} answered, {aborted} aborted, {foreign.Count} with foreign rows");
        output.WriteLine(string.Join(Environment.NewLine, foreign)); // whole: the assertion shows the beginning
        Assert.Empty(foreign);
        Assert.Equal(asked, answered + aborted);
        Assert.InRange(aborted, Requests / 10, asked); // some of the quarter were answered before they could be aborted

        // The pool is whole: everybody is answered, over no more connections than there may be, and none is stuck in a transaction.
        await Task.WhenAll(callers.Take(100).Select(caller => CheckAsync(portal, caller, foreign, CancellationToken.None)));
        Assert.Empty(foreign);
        await Eventually.TrueAsync(async () => (await CountConnectionsAsync()).TrueForAll(c => c.InTransaction == 0)); // a worker may be within one at a moment
        Assert.All(await CountConnectionsAsync(), c => Assert.True(c.Connections <= 8, c.ToString()));
    }

    [Theory]
    [InlineData(DbRole.Contact)]
    [InlineData(DbRole.Staff)]
    [InlineData(DbRole.Auth)]
    [InlineData(DbRole.Job)]
    public async Task ISO_11_what_somebody_left_on_a_connection_is_gone_for_its_next_user(DbRole role)
    {
        var settings = shared.Portal.Database.ConnectionStrings.ToDictionary(c => $"ConnectionStrings:{c.Key}", c => (string?)$"{c.Value};Maximum Pool Size=1");
        await using var sources = new DataSources(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        await using (var leaves = sources[role].CreateCommand("set portal.token = 'somebody else''s'"))
        {
            await leaves.ExecuteNonQueryAsync();
        }

        var left = await sources.QueryAsync(role, $"select coalesce(current_setting('portal.token', true), ''), {1}", row => row.GetString(0), CancellationToken.None);

        Assert.Equal([""], left);
    }

    private sealed record Caller(Somebody Somebody, string Client, IReadOnlySet<string> Invoices);

    private async Task CheckAsync(TestPortal portal, Caller caller, ConcurrentBag<string> foreign, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "graphql")
        {
            Content = new StringContent($$$"""{"query":"query($c: ID) { portal(clientId: $c) { client { number } contact { name } invoices(first: 3) { nodes { id } } } }","variables":{"c":"{{{caller.Client}}}"}}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", caller.Somebody.Secret);
        using var response = await portal.Http.SendAsync(request, cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        if (!JsonDocument.Parse(text).RootElement.TryGetProperty("data", out var data) || !data.TryGetProperty("portal", out var view) || view.ValueKind != JsonValueKind.Object)
        {
            foreign.Add($"{caller.Somebody.Name} of {caller.Somebody.ClientNumber} was shut out: {text}");
            return;
        }

        var invoices = view.GetProperty("invoices").GetProperty("nodes").EnumerateArray().Select(n => shared.Records.NameOf(n.GetProperty("id").GetString()!)).ToList(); // ids are never null
        if (view.GetProperty("client").GetProperty("number").GetString() != caller.Somebody.ClientNumber || view.GetProperty("contact").GetProperty("name").GetString() != caller.Somebody.Name
            || invoices.Count != Math.Min(3, caller.Invoices.Count) || !caller.Invoices.IsSupersetOf(invoices))
        {
            foreign.Add($"{caller.Somebody.Name} of {caller.Somebody.ClientNumber} got {text}");
        }
    }

    private async Task<List<(string Role, long Connections, long InTransaction)>> CountConnectionsAsync()
    {
        await using var source = NpgsqlDataSource.Create(shared.Portal.Database.Superuser);
        await using var command = source.CreateCommand("select usename::text, count(*), count(*) filter (where state like 'idle in transaction%') from pg_stat_activity where application_name = 'iso-11' group by 1");
        await using var reader = await command.ExecuteReaderAsync();
        var roles = new List<(string, long, long)>();
        while (await reader.ReadAsync())
        {
            roles.Add((reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2)));
        }

        Assert.NotEmpty(roles);
        return roles;
    }
}

using System.Net.WebSockets;
using System.Text.Json;
using ClientPortal.GraphQL;

namespace ClientPortal.Isolation.Tests;

/// <summary>What the API tells in production, and how it holds when requests mean harm.</summary>
[Collection(nameof(OnboardedPortal))]
public sealed class HostileRequestTests(OnboardedPortal shared)
{
    private static readonly (string, string?) Production = ("environment", "Production");

    private static readonly string Invoice = $"{{ node(id: \"{NodeId.Encode("Invoice", Guid.CreateVersion7())}\") {{ ... on Invoice {{ number }} }} }}";

    [Fact]
    public async Task GQL_05_production_tells_nothing_of_its_schema()
    {
        await using var portal = await shared.Fixture.StartPortalAsync(Production);
        foreach (var query in new[] { "{ __schema { queryType { name } } }", "{ __type(name: \"Query\") { name } }", "{ t: __type(name: \"Query\") { fields { name } } }" })
        {
            var answer = await portal.AskAsync(query);
            Assert.Equal("INTROSPECTION_DISABLED", answer.GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString());
        }

        foreach (var query in new[]
        {
            "{ clientz { totalCount } }", "{ node(idd: 1) { id } }", "{ node(id: \"a\") { ... on Clientt { id } } }", "mutation { signIn(input: { emai: \"a\" }) { token } }",
            "mutation { signIn(input: { email: \"a\", password: \"b\" }) { toke } }", "query($f: ClientFilte) { clients(filter: $f) { totalCount } }", "{ clients @skp(if: true) { totalCount } }",
        })
        {
            var answer = (await portal.AskAsync(query)).GetRawText();
            Assert.Contains("GRAPHQL_VALIDATION_FAILED", answer, StringComparison.Ordinal);
            Assert.DoesNotContain("mean", answer, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task GQL_06_an_error_tells_nothing_of_statements_tables_or_files()
    {
        await using var portal = await shared.Fixture.StartPortalAsync(Production);
        var staff = await portal.Database.StaffAsync("CLIENTS_INVITE");
        await portal.DataAsync(Invoice, session: staff);
        await portal.Database.ExecuteAsync("drop table billing.invoice cascade");

        var answer = await portal.AskAsync(Invoice, session: staff);
        Assert.Equal("""["message","locations","path","extensions"]""", JsonSerializer.Serialize(answer.GetProperty("errors")[0].EnumerateObject().Select(m => m.Name)));
        Assert.Equal("Unexpected error", answer.GetProperty("errors")[0].GetProperty("message").GetString());
        Assert.Equal("""["code","id"]""", JsonSerializer.Serialize(answer.GetProperty("errors")[0].GetProperty("extensions").EnumerateObject().Select(m => m.Name)));
    }

    [Fact]
    public async Task A_secret_with_half_a_character_is_no_message_of_the_protocol()
    {
        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("graphql-transport-ws");
        await socket.ConnectAsync(new UriBuilder(new Uri(shared.Portal.Url, "graphql")) { Scheme = "ws" }.Uri, CancellationToken.None);
        await socket.SendAsync("""{"type":"connection_init","payload":{"authorization":"\ud800"}}"""u8.ToArray(), WebSocketMessageType.Text, true, CancellationToken.None);

        var answer = await socket.ReceiveAsync(new byte[200].AsMemory(), CancellationToken.None);
        Assert.Equal(WebSocketMessageType.Close, answer.MessageType);
        Assert.Equal(4400, (int?)socket.CloseStatus);
    }

    [Fact]
    public async Task GQL_12_statements_that_take_too_long_are_given_up_and_their_connections_are_free_again()
    {
        var database = await shared.Fixture.CreateDatabaseAsync();
        await database.ExecuteAsync($"alter role portal_staff in database {database.Name} set statement_timeout = '2s'"); // for the host itself it is 10 s; more than a busy machine takes for what it does afterwards
        await using var portal = await shared.Fixture.StartPortalAsync(database, Production);
        var staff = await portal.Database.StaffAsync("CLIENTS_INVITE");
        await using (await database.HoldAsync("lock table billing.invoice in access exclusive mode"))
        {
            foreach (var answer in await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => portal.AskAsync(Invoice, session: staff))))
            {
                Assert.Equal("Unexpected error", answer.GetProperty("errors")[0].GetProperty("message").GetString());
            }

            Assert.Equal(0L, await database.WaitingAsync("portal_staff")); // though the lock is still held
        }

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => portal.DataAsync(Invoice, session: staff)));
    }
}

using System.Text.Json;

namespace ClientPortal.Clients.Tests;

[Collection(nameof(Scene))]
public sealed class ChangeClientTests(Scene scene)
{
    [Fact]
    public async Task A_client_is_added_as_given()
    {
        var number = $"X-{Guid.NewGuid():N}";

        var client = await scene.ChangedAsync("createClient", new { name = "  Ärger & Söhne ", number, currency = "JPY", @internal = true, internalNote = "two\nlines" });

        Assert.Equal(("Ärger & Söhne", number, "JPY", true, "ACTIVE", "two\nlines"),
            (Text(client, "name"), Text(client, "number"), Text(client, "currency"), client.GetProperty("internal").GetBoolean(), Text(client, "status"), Text(client, "internalNote")));
    }

    [Fact]
    public async Task Clients_without_a_number_get_the_next_ones_however_many_are_added_at_once()
    {
        await scene.ChangedAsync("createClient", new { name = "Highest", number = "C-00120", currency = "EUR" });

        var clients = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => scene.ChangedAsync("createClient", new { name = $"Client {i}", currency = "EUR" })));

        Assert.Equal(Enumerable.Range(121, 20).Select(n => $"C-{n:D5}"), clients.Select(c => Text(c, "number")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_taken_number_is_a_conflict()
    {
        var number = $"X-{Guid.NewGuid():N}";
        await scene.ChangedAsync("createClient", new { name = "First", number, currency = "EUR" });

        var payload = await scene.ChangeAsync("createClient", new { name = "Second", number, currency = "EUR" }, scene.Manager);

        Assert.Equal("ConflictError", Text(payload.GetProperty("errors")[0], "__typename"));
    }

    [Theory]
    [InlineData(" ", "X", "EUR", null, "input.name")]
    [InlineData("two\nlines", "X", "EUR", null, "input.name")]
    [InlineData("nul\0", "X", "EUR", null, "input.name")]
    [InlineData("Fine", "", "EUR", null, "input.number")]
    [InlineData("Fine", "X", "XXX", null, "input.currency")]
    [InlineData("Fine", "X", "EUR", "bell\a", "input.internalNote")]
    public async Task A_bad_value_is_refused_by_its_field(string name, string number, string currency, string? internalNote, string field)
    {
        var payload = await scene.ChangeAsync("createClient", new { name, number, currency, internalNote }, scene.Manager);

        Assert.Equal([field], Fields(payload));
    }

    [Fact]
    public async Task All_that_is_wrong_is_told_at_once_and_lengths_are_counted_as_the_database_counts()
    {
        var contact = await scene.ContactAsync();
        Assert.Equal(["input.name", "input.currency"], Fields(await scene.ChangeAsync("updateClient", new { id = contact.ClientNodeId, name = new string('x', 201), currency = "ABC" }, scene.Manager)));

        var longest = string.Concat(Enumerable.Repeat("😀", 200)); // 400 UTF-16 units
        Assert.Equal(longest, Text(await scene.ChangedAsync("updateClient", new { id = contact.ClientNodeId, name = longest }), "name"));
    }

    [Fact]
    public async Task What_an_update_leaves_out_stays_and_a_null_takes_away()
    {
        var id = Text(await scene.ChangedAsync("createClient", new { name = "Before", currency = "EUR", internalNote = "note" }), "id");

        var renamed = await scene.ChangedAsync("updateClient", new { id, name = "After" });
        Assert.Equal(("After", "EUR", "note"), (Text(renamed, "name"), Text(renamed, "currency"), Text(renamed, "internalNote")));

        var without = await scene.ChangedAsync("updateClient", new { id, internalNote = (string?)null });
        Assert.Equal(("After", JsonValueKind.Null), (Text(without, "name"), without.GetProperty("internalNote").ValueKind));
    }

    [Fact]
    public async Task An_inactive_client_has_no_portal_and_an_active_one_has_it_again_as_it_was()
    {
        var contact = await scene.ContactAsync();
        var records = await scene.RecordsAsync(contact.ClientId);
        var session = await scene.OnboardAsync(contact);
        await scene.ChangedAsync("setContactAccess", new { contactId = contact.NodeId, access = new[] { new { kind = "PROJECT", visibility = "NONE" } } });
        var before = await scene.VisibleAsync(records.Values, session);
        Assert.NotEmpty(before);

        await scene.ChangedAsync("updateClient", new { id = contact.ClientNodeId, status = "INACTIVE" });
        Assert.Empty(await scene.VisibleAsync(records.Values, session));
        Assert.Equal(JsonValueKind.Null, (await scene.AskAsync("{ portal { client { id } } }", session: session)).GetProperty("portal").ValueKind);

        await scene.ChangedAsync("updateClient", new { id = contact.ClientNodeId, status = "ACTIVE" });
        Assert.Equal(before, await scene.VisibleAsync(records.Values, session));
    }

    internal static string Text(JsonElement e, string name) => e.GetProperty(name).GetString()!; // the fields asked for are not null

    internal static IEnumerable<string> Fields(JsonElement payload) => payload.GetProperty("errors").EnumerateArray().Select(e => Text(e, "field"));
}

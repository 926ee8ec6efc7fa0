using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using ClientPortal.GraphQL;
using Npgsql;

namespace ClientPortal.Isolation.Tests;

/// <summary>What must hold of every field and mutation, tried with each that the schema names.</summary>
[Collection(nameof(OnboardedPortal))]
public sealed class WholeApiTests(OnboardedPortal portal)
{
    // What everybody may do about their own sign-in, or with a link or password alone.
    private static readonly string[] OwnAccount =
    [
        "signIn", "signOut", "endSession", "requestPasswordReset", "resetPassword", "updateProfile", "changePassword", "requestEmailChange", "confirmEmailChange",
        "acceptInvitation", "requestNewInvitation",
    ];

    private Somebody Alice => portal.Contacts.First(c => c.ClientNumber == "C-00003");

    private Somebody Bob => portal.Contacts.First(c => c.ClientNumber == "C-00004");

    [Fact]
    public async Task SES_08_staff_who_only_preview_are_refused_every_mutation_that_changes_anything()
    {
        var schema = await ApiSchema.ReadAsync(portal);
        var session = await StaffAsync("PORTAL_PREVIEW");
        var preview = await portal.DataAsync("query($client: ID!, $contact: ID!) { node(id: $client) { ... on Client { portalAs(contactId: $contact) { contact { id } } } } }",
            new { client = portal.ClientIds[Alice.ClientNumber], contact = NodeId.Encode("Contact", Alice.ContactId) }, session);
        Assert.Equal(NodeId.Encode("Contact", Alice.ContactId), preview.GetProperty("node").GetProperty("portalAs").GetProperty("contact").GetProperty("id").GetString());
        var tried = 0;
        foreach (var mutation in schema.Fields("Mutation").Except(OwnAccount))
        {
            var (document, variables) = schema.Call("mutation", "Mutation", mutation, new(IdOf(Alice), "text"));
            var answer = (await portal.DataAsync(document, variables, session)).GetProperty(mutation);
            Assert.True(answer.GetProperty("errors").ValueKind == JsonValueKind.Array && answer.GetProperty("errors")[0].GetProperty("code").GetString() == "FORBIDDEN", $"{mutation}: {answer}");
            tried++;
        }

        Assert.True(tried > 10, $"{tried} mutations were tried");
    }

    [Fact]
    public async Task ISO_18_a_contact_gets_the_same_answer_for_another_clients_object_and_for_none()
    {
        var schema = await ApiSchema.ReadAsync(portal);
        foreach (var (operation, type) in new[] { ("mutation", "Mutation"), ("query", "Query") })
        {
            foreach (var field in schema.Fields(type).Where(f => schema.TakesId(type, f)))
            {
                var foreign = await AnswerAsync(schema, operation, type, field, new(IdOf(Bob), "text"));
                var random = await AnswerAsync(schema, operation, type, field, new(name => NodeId.Encode(TypeOf(name), Guid.CreateVersion7()), "text"));

                Assert.True(random == foreign, $"{field}: {foreign} for another client's, {random} for a random id");
            }
        }
    }

    // Error ids are made up afresh for each answer; there should be none.
    private async Task<string> AnswerAsync(ApiSchema schema, string operation, string type, string field, ApiSchema.Values values)
    {
        var (document, variables) = schema.Call(operation, type, field, values);
        var answer = (await portal.Portal.AskAsync(document, variables, Alice.Secret)).GetRawText();
        Assert.DoesNotContain("INTERNAL", answer, StringComparison.Ordinal);
        return answer;
    }

    public static TheoryData<string> Texts => ["'", "\"; drop table billing.invoice; --", "\\", "$$ or true $$", "%", "_", "{\"a\":1}", "\0", "a\0b", "\u202e\uFFFD", new string('x', 100_000)];

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task ISO_12_no_text_in_any_argument_breaks_anything_or_finds_what_is_not_ones_own(string text)
    {
        var schema = await ApiSchema.ReadAsync(portal);
        foreach (var (operation, type) in new[] { ("query", "Query"), ("mutation", "Mutation") })
        {
            foreach (var field in schema.Fields(type).Where(f => schema.TakesText(type, f) || schema.TakesId(type, f)).Except(["signIn", "signOut"]))
            {
                foreach (var values in new ApiSchema.Values[] { new(IdOf(Alice), text), new(_ => text, "text") })
                {
                    var (document, variables) = schema.Call(operation, type, field, values);
                    await AssertHarmlessAsync(JsonSerializer.Serialize(new { query = document, variables }), field);
                }
            }
        }

        var search = await portal.Portal.AskAsync("query($text: String!) { portal { invoices(filter: { search: $text }) { nodes { id } } tickets(filter: { search: $text }) { nodes { id } } } }", new { text }, Alice.Secret);
        if (search.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object)
        {
            var own = portal.Folder.InvoicesByClient[Alice.ClientNumber].Select(Records.Invoice).Concat(portal.Folder.TicketsByClient[Alice.ClientNumber].Select(Records.Ticket)).ToHashSet();
            Assert.All(new[] { "invoices", "tickets" }.SelectMany(list => data.GetProperty("portal").GetProperty(list).GetProperty("nodes").EnumerateArray()), node => Assert.Contains(portal.Records.NameOf(node.GetProperty("id").GetString()!), own)); // ids are never null
        }
    }

    [Fact]
    public async Task ISO_12_half_a_character_is_refused_as_bad_input()
    {
        foreach (var half in new[] { "\\ud800", "\\udc00", "a\\ud83d" })
        {
            await AssertHarmlessAsync($$$"""{"query":"query($text: String!) { portal { invoices(filter: { search: $text }) { totalCount } } }","variables":{"text":"{{{half}}}"}}""", half);
        }
    }

    private async Task AssertHarmlessAsync(string body, string what)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "graphql") { Content = new StringContent(body, new MediaTypeHeaderValue("application/json")) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Alice.Secret);
        using var response = await portal.Portal.Http.SendAsync(request);
        var answer = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode < HttpStatusCode.InternalServerError && !answer.Contains("INTERNAL", StringComparison.Ordinal), $"{what}: {response.StatusCode} {answer[..Math.Min(answer.Length, 300)]}");
        Assert.DoesNotContain("Npgsql", answer, StringComparison.Ordinal);
    }

    private Func<string, string> IdOf(Somebody somebody) => name => TypeOf(name) switch
    {
        "Client" => portal.ClientIds[somebody.ClientNumber],
        "Invoice" => portal.Records.IdOf(Records.Invoice(portal.Folder.InvoicesByClient[somebody.ClientNumber].First())),
        "Project" => portal.Records.IdOf(Records.Project(portal.Folder.ProjectsByClient[somebody.ClientNumber].First())),
        var type => NodeId.Encode(type, somebody.ContactId),
    };

    // Which object an argument of this name means; "id" alone is a contact here, which is as good as any.
    private static string TypeOf(string argument) => argument switch
    {
        "clientId" or "clientIds" => "Client", "projectId" => "Project", "recordId" or "invoiceId" or "ids" => "Invoice", "sessionId" => "Session", _ => "Contact",
    };

    private async Task<string> StaffAsync(string permission)
    {
        var secret = System.Security.Cryptography.RandomNumberGenerator.GetBytes(32);
        var person = Guid.CreateVersion7();
        await portal.Portal.Database.ExecuteAsync($"insert into accounts.person (id, member_type, name, email, email_key, password_hash) values ('{person}', 'STAFF', 'Previewer', '{person}@example.com', '{person}@example.com', ''); insert into accounts.staff_permission values ('{person}', '{permission}')");
        await using var connection = new NpgsqlConnection(portal.Portal.Database.Superuser);
        await connection.OpenAsync();
        await OnboardedPortal.OpenSessionAsync(connection, person, secret);
        return System.Buffers.Text.Base64Url.EncodeToString(secret);
    }
}

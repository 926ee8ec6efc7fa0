using System.Text.Json;
using ClientPortal.Platform;

namespace ClientPortal.Invitations.Tests;

/// <summary>What the tests of inviting many share.</summary>
internal static class Bulk
{
    public const string Counts = "id state total queued sent skipped failed";

    /// <summary>Contacts of one new client, with an address each.</summary>
    public static Task<IReadOnlyList<TestContact>> ContactsAsync(this Scene scene, int count) =>
        scene.ContactsAtAsync([.. Enumerable.Range(0, count).Select(_ => $"b{Guid.NewGuid():N}@example.com")]);

    public static async Task<IReadOnlyList<TestContact>> ContactsAtAsync(this Scene scene, IReadOnlyList<string> emails)
    {
        var client = Guid.CreateVersion7();
        await scene.ExecuteAsync("insert into clients.client (id, number, name, currency) values ($1, $2, 'Many Ltd', 'EUR')", client, $"{client:N}");
        var addresses = emails.Select(e => EmailAddress.TryParse(e, out var address) ? address : throw new ArgumentException(e)).ToList();
        var contacts = emails.Select(e => new TestContact(Guid.CreateVersion7(), client, e)).ToList();
        await scene.ExecuteAsync("insert into clients.contact (id, client_id, name, email, recipient_key, sign_in_key) select x.id, $1, 'Contact', x.email, x.recipient, x.sign_in from unnest($2, $3, $4, $5) as x (id, email, recipient, sign_in)",
            client, contacts.Select(c => c.Id).ToArray(), emails.ToArray(), addresses.Select(a => a.RecipientKey).ToArray(), addresses.Select(a => a.SignInKey).ToArray());
        return contacts;
    }

    public static Task<JsonElement> InviteManyAsync(this Scene scene, IEnumerable<TestContact> contacts, string? key = null, string? session = null) =>
        scene.InviteManyAsync(new { contactIds = contacts.Select(c => c.NodeId), idempotencyKey = key ?? $"{Guid.NewGuid()}" }, session);

    /// <summary>The payload.</summary>
    public static async Task<JsonElement> InviteManyAsync(this Scene scene, object input, string? session = null) => (await scene.AskAsync(
        $$"""mutation ($input: InviteContactsInput!) { inviteContacts(input: $input) { bulkInvitation { {{Counts}} } errors { __typename ... on Error { code message } ... on ValidationError { field } } } }""",
        new { input }, session ?? scene.Inviter)).GetProperty("inviteContacts");

    public static string IdOf(JsonElement payload)
    {
        Assert.Equal("null", payload.GetProperty("errors").GetRawText());
        return payload.GetProperty("bulkInvitation").GetProperty("id").GetString()!;
    }

    public static async Task<JsonElement> ProgressAsync(this Scene scene, string id) =>
        (await scene.AskAsync($$"""query ($id: ID!) { bulkInvitation(id: $id) { {{Counts}} } }""", new { id }, scene.Inviter)).GetProperty("bulkInvitation");

    /// <summary>Waits until it is done and all of its mails are known.</summary>
    public static async Task<JsonElement> DoneAsync(this Scene scene, string id)
    {
        await Scene.EventuallyAsync(async () => (await scene.ProgressAsync(id)).GetProperty("state").GetString() == "DONE");
        await scene.Mail.CaughtUpAsync();
        return await scene.ProgressAsync(id);
    }

    /// <summary>Waits until no mail is on its way, so that a connection can be cut without one being sent twice or waiting for its lease.</summary>
    public static Task MailIsQuietAsync(this Scene scene) =>
        Scene.EventuallyAsync(() => scene.ScalarAsync<bool>("select not exists (select from mail.outbox where state = 'SENDING' or state = 'QUEUED' and waits_for is null)"));

    /// <summary>total, queued, sent, skipped, failed.</summary>
    public static (int Total, int Queued, int Sent, int Skipped, int Failed) CountsOf(JsonElement bulk)
    {
        return (Of("total"), Of("queued"), Of("sent"), Of("skipped"), Of("failed"));

        int Of(string name) => bulk.GetProperty(name).GetInt32();
    }
}

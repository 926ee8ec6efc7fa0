using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using ClientPortal.Testing;
using Npgsql;

namespace ClientPortal.Isolation.Tests;

/// <summary>What PostgreSQL's own log tells when somebody has turned all of it on.</summary>
[Collection(nameof(OnboardedPortal))]
public sealed partial class LogTests(OnboardedPortal shared)
{
    private const string StaffPassword = "a phrase that the log must not hold";
    private const string ContactPassword = "another phrase that it must not hold";

    [Fact]
    public async Task DBR_05_and_DBR_10_no_password_token_or_text_of_a_user_is_in_a_logged_statement()
    {
        var database = await shared.Fixture.CreateDatabaseAsync();
        foreach (var setting in new[] { "log_statement = 'all'", "log_min_duration_statement = 0", "log_min_error_statement = 'error'", "log_parameter_max_length = -1", "log_parameter_max_length_on_error = -1" })
        {
            await database.ExecuteAsync($"alter database {database.Name} set {setting}");
        }

        await using var portal = await shared.Fixture.StartPortalAsync(database,
            ("Portal:FirstStaff:Email", "logged-staff@example.com"), ("Portal:FirstStaff:Password", StaffPassword), ("Portal:FirstStaff:Name", "Zebedee Logged"));
        var secrets = await UseAsync(portal);
        await using (var source = NpgsqlDataSource.Create(database.Superuser))
        await using (var control = source.CreateCommand("select $1 as logged"))
        {
            control.Parameters.AddWithValue("what another role sends");
            await control.ExecuteNonQueryAsync();
        }

        await using var log = new FileStream(shared.Fixture.ServerLog, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var text = await new StreamReader(log).ReadToEndAsync();
        Assert.Contains("ctx.ask(", text, StringComparison.Ordinal); // the statements are there,
        Assert.Contains("what another role sends", text, StringComparison.Ordinal); // and so would be their parameters
        foreach (var (what, secret) in secrets)
        {
            Assert.True(!text.Contains(secret, StringComparison.OrdinalIgnoreCase), $"{what} is in the log: {Around(text, secret)}");
        }

        await using var superuser = NpgsqlDataSource.Create(database.Superuser);
        await using var command = superuser.CreateCommand("select coalesce(string_agg(query, ' '), '') from pg_stat_activity where usename like 'portal\\_%'");
        var activity = (string)(await command.ExecuteScalarAsync())!; // never null
        Assert.All(secrets, s => Assert.DoesNotContain(s.Secret, activity, StringComparison.OrdinalIgnoreCase));
    }

    // The product's main way, with words that stand nowhere else.
    private async Task<List<(string What, string Secret)>> UseAsync(TestPortal portal)
    {
        var staff = (await DataAsync(portal, "mutation ($password: String!) { signIn(input: { email: \"logged-staff@example.com\", password: $password }) { token } }", new { password = StaffPassword })).GetProperty("signIn").GetProperty("token").GetString()!; // a right password
        await DataAsync(portal, "mutation { signIn(input: { email: \"logged-staff@example.com\", password: \"a wrong one, zanzibar\" }) { token } }");
        var client = (await DataAsync(portal, "mutation { createClient(input: { name: \"Xylophone Works\", currency: \"EUR\", internalNote: \"quixotic\" }) { client { id } } }", null, staff)).GetProperty("createClient").GetProperty("client").GetProperty("id").GetString();
        var contact = (await DataAsync(portal, "mutation ($client: ID!) { createContact(input: { clientId: $client, name: \"Wilhelmina Logged\", email: \"wilhelmina@logged.example\" }) { contact { id } } }", new { client }, staff)).GetProperty("createContact").GetProperty("contact").GetProperty("id").GetString();
        await DataAsync(portal, "{ clients(filter: { search: \"Xylophone\" }) { nodes { name contacts { nodes { email } } } } }", null, staff);
        await DataAsync(portal, "mutation ($contact: ID!) { inviteContact(input: { contactId: $contact }) { errors { __typename } } }", new { contact }, staff);
        var mail = await shared.Fixture.Mail.WaitForAsync(m => m.To.Contains("wilhelmina@logged.example"));
        var link = Link().Match(mail.Text).Groups[1].Value;
        await DataAsync(portal, "query ($link: String!) { invitation(token: $link) { state } }", new { link });
        var session = (await DataAsync(portal, "mutation ($link: String!, $password: String!) { acceptInvitation(input: { token: $link, password: $password }) { token } }", new { link, password = ContactPassword })).GetProperty("acceptInvitation").GetProperty("token").GetString()!; // a link that holds
        await DataAsync(portal, "{ viewer { name email } portal { client { name } invoices(filter: { search: \"vuvuzela\" }) { totalCount } dashboard { pendingTickets } } }", null, session);
        await DataAsync(portal, "mutation { requestPasswordReset(input: { email: \"wilhelmina@logged.example\" }) { accepted } }");
        var reset = ResetLink().Match((await shared.Fixture.Mail.WaitForAsync(m => m.To.Contains("wilhelmina@logged.example") && ResetLink().IsMatch(m.Text))).Text).Groups[1].Value;
        await DataAsync(portal, "mutation ($reset: String!) { resetPassword(input: { token: $reset, password: \"a third phrase, yellowish\" }) { token } }", new { reset });
        return
        [
            ("the staff's password", StaffPassword), ("the contact's password", ContactPassword), ("a new password", "yellowish"), ("a wrong password", "zanzibar"),
            ("the staff's secret", staff), ("the contact's secret", session), ("what the database gets of it", OnboardedPortal.TokenOf(System.Buffers.Text.Base64Url.DecodeFromChars(session))),
            ("a link", link), ("a link's hash", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(link)))), ("a reset link", reset),
            ("an address", "wilhelmina@"), ("an address", "logged-staff@"), ("a name", "Wilhelmina"), ("a client's name", "Xylophone"), ("a note", "quixotic"), ("a word that was searched", "vuvuzela"),
        ];
    }

    private static string Around(string text, string secret)
    {
        var at = text.IndexOf(secret, StringComparison.OrdinalIgnoreCase);
        return text[Math.Max(0, at - 300)..Math.Min(text.Length, at + 100)];
    }

    private static async Task<JsonElement> DataAsync(TestPortal portal, string query, object? variables = null, string? session = null)
    {
        var answer = await portal.AskAsync(query, variables, session);
        Assert.False(answer.TryGetProperty("errors", out var errors), errors.ToString());
        return answer.GetProperty("data");
    }

    [GeneratedRegex("/invitation/([A-Za-z0-9_-]+)")]
    private static partial Regex Link();

    [GeneratedRegex("/(?:password-reset|reset|password)/([A-Za-z0-9_-]{20,})")]
    private static partial Regex ResetLink();
}

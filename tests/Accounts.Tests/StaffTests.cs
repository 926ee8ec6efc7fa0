using System.Text.Json;
using ClientPortal.GraphQL;
using ClientPortal.Testing;
using Npgsql;

namespace ClientPortal.Accounts.Tests;

[Collection(nameof(Scene))]
public sealed class StaffTests(Scene scene)
{
    private const string Member = "staffMember { id name email permissions active }";

    [Fact]
    public async Task A_new_member_of_staff_chooses_a_password_by_mail_and_has_the_permissions_given()
    {
        var email = $"new{Guid.NewGuid():N}@example.com";

        var added = await AddAsync(email, scene.Manager, "CLIENTS_INVITE", "AUDIT_VIEW");
        Scene.AssertDone(added);
        Assert.Equal("INVALID_CREDENTIALS", Scene.CodeOf(await scene.SignInAsync(email, "")));
        var token = await scene.TokenOfMailAsync(email);
        var done = await scene.ChangeAsync("resetPassword", new { token, password = Scene.Password }, fields: "viewer { memberType permissions } token");

        Scene.AssertDone(done);
        Assert.Equal("""{"memberType":"STAFF","permissions":["CLIENTS_INVITE","AUDIT_VIEW"]}""", done.GetProperty("viewer").GetRawText());
        Scene.AssertDone(await scene.SignInAsync(email));
        Assert.Equal(1L, await scene.ScalarAsync<long>("select count(*) from mail.outbox where to_address = $1", email)); // a first password is no change
    }

    [Fact]
    public async Task A_start_makes_the_first_member_of_staff_only_while_there_is_none()
    {
        var asked = await Statements.OfAsync(async () =>
        {
            await using var portal = await scene.Fixture.StartPortalAsync(scene.Portal.Database, ("Portal:FirstStaff:Email", "another@example.com"), ("Portal:FirstStaff:Password", Scene.Password), ("Portal:FirstStaff:Name", "Anna Another"));
        });

        Assert.Contains(asked, text => text.Contains("accounts.has_staff", StringComparison.Ordinal));
        Assert.DoesNotContain(asked, text => text.Contains("accounts.make_first_staff", StringComparison.Ordinal)); // nor is its password hashed
        Assert.Equal(0L, await scene.ScalarAsync<long>("select count(*) from accounts.person where email = 'another@example.com'"));
    }

    [Fact]
    public async Task An_address_that_has_a_sign_in_is_refused_in_any_spelling()
    {
        var client = await scene.PersonAsync();

        var payload = await AddAsync(client.Email.ToUpperInvariant(), scene.Manager);

        Assert.Equal("ADDRESS_TAKEN", Scene.CodeOf(payload));
        Assert.Equal("CLIENT", await scene.ScalarAsync<string>("select member_type from accounts.person where id = $1", client.Id));
    }

    [Fact]
    public async Task Without_STAFF_MANAGE_nothing_of_it_can_be_done_not_even_in_the_database()
    {
        var member = await scene.PersonAsync("STAFF");
        var session = await scene.SignedInAsync((await scene.PersonAsync("STAFF", "CLIENTS_INVITE", "CLIENTS_MANAGE")).Email);
        var client = await scene.SignedInAsync((await scene.PersonAsync()).Email);
        foreach (var asker in new[] { session, client, null })
        {
            Assert.Equal(asker is null ? "UNAUTHENTICATED" : "FORBIDDEN", Scene.CodeOf(await AddAsync("x@example.com", asker)));
            Assert.Equal(asker is null ? "UNAUTHENTICATED" : "FORBIDDEN", Scene.CodeOf(await SetAsync(member.NodeId, asker, "STAFF_MANAGE")));
            Assert.Equal(asker is null ? "UNAUTHENTICATED" : "FORBIDDEN", Scene.CodeOf(await DeactivateAsync(member.NodeId, asker)));
        }

        await using var staff = NpgsqlDataSource.Create(scene.Portal.Database.ConnectionStrings["Staff"]);
        await using var batch = staff.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand("select ctx.ask($1, '')") { Parameters = { new() { Value = Platform.Asking.SessionSecret.Parse(session)!.Token } } });
        batch.BatchCommands.Add(new NpgsqlBatchCommand("select accounts.set_staff_permissions($1, '{STAFF_MANAGE}')") { Parameters = { new() { Value = member.Id } } });
        await using var reader = await batch.ExecuteReaderAsync();
        await reader.NextResultAsync();
        await reader.ReadAsync();
        Assert.Equal("FORBIDDEN", reader.GetString(0));
    }

    [Fact]
    public async Task Permissions_change_at_the_next_request()
    {
        var member = await scene.PersonAsync("STAFF", "CLIENTS_INVITE");
        var session = await scene.SignedInAsync(member.Email);

        var payload = await SetAsync(member.NodeId, scene.Manager, "BILLING_MANAGE", "AUDIT_VIEW", "AUDIT_VIEW");

        Assert.Equal("""["BILLING_MANAGE","AUDIT_VIEW"]""", payload.GetProperty("staffMember").GetProperty("permissions").GetRawText());
        Assert.Equal("""["BILLING_MANAGE","AUDIT_VIEW"]""", (await scene.AskAsync("{ viewer { permissions } }", session: session)).GetProperty("viewer").GetProperty("permissions").GetRawText());
        Assert.Equal("NOT_FOUND", Scene.CodeOf(await SetAsync(NodeId.Encode("StaffMember", Guid.NewGuid()), scene.Manager)));
        Assert.Equal("NOT_FOUND", Scene.CodeOf(await SetAsync((await scene.PersonAsync()).NodeId, scene.Manager)));
    }

    [Fact]
    public async Task Who_may_what_is_told_in_the_audit_trail()
    {
        var added = await AddAsync($"told{Guid.NewGuid():N}@example.com", scene.Manager, "PORTAL_PREVIEW", "CLIENTS_INVITE");
        var id = added.GetProperty("staffMember").GetProperty("id").GetString()!; // it was added
        var name = added.GetProperty("staffMember").GetProperty("name").GetString();

        await SetAsync(id, scene.Manager, "CLIENTS_INVITE", "AUDIT_VIEW");
        await SetAsync(id, scene.Manager, "CLIENTS_INVITE", "AUDIT_VIEW"); // changes nothing
        await DeactivateAsync(id, scene.Manager);
        await DeactivateAsync(id, scene.Manager); // is already

        Assert.True(NodeId.TryParse(id, out var node));
        Assert.Equal(
            [
                $"STAFF_MEMBER_ADDED {name} was added to the staff.",
                $"STAFF_PERMISSIONS_SET {name}: now CLIENTS_INVITE, PORTAL_PREVIEW.",
                $"STAFF_PERMISSIONS_SET {name}: no longer PORTAL_PREVIEW.",
                $"STAFF_PERMISSIONS_SET {name}: now AUDIT_VIEW.",
                $"STAFF_MEMBER_DEACTIVATED {name} no longer has access as staff.",
            ],
            await scene.ScalarAsync<string[]>("select array_agg(action || ' ' || summary order by id) from audit.event where subject_id = $1 and subject_type = 'StaffMember' and actor_person is not null", node.Value));
    }

    [Fact]
    public async Task SES_07_deactivating_ends_every_session_at_once_and_kills_links()
    {
        var member = await scene.PersonAsync("STAFF", "CLIENTS_INVITE");
        string[] sessions = [await scene.SignedInAsync(member.Email), await scene.SignedInAsync(member.Email)];
        await scene.RequestResetAsync(member.Email);
        var token = await scene.TokenOfMailAsync(member.Email);

        var payload = await DeactivateAsync(member.NodeId, scene.Manager);

        Assert.False(payload.GetProperty("staffMember").GetProperty("active").GetBoolean());
        Assert.False(await scene.LivesAsync(sessions[0]));
        Assert.False(await scene.LivesAsync(sessions[1]));
        Assert.Equal("LINK_INVALID", Scene.CodeOf(await scene.ChangeAsync("resetPassword", new { token, password = Scene.OtherPassword })));
        Assert.Equal("INVALID_CREDENTIALS", Scene.CodeOf(await scene.SignInAsync(member.Email)));
    }

    [Fact]
    public async Task Two_managers_who_remove_each_other_at_once_leave_one()
    {
        await using var portal = await scene.Fixture.StartPortalAsync(("Portal:FirstStaff:Email", "first@example.com"), ("Portal:FirstStaff:Password", Scene.Password), ("Portal:FirstStaff:Name", "Fiona First"));
        for (var round = 0; round < 8; round++)
        {
            // Each round begins with two managers anew.
            await portal.Database.ExecuteAsync("""
                insert into accounts.person (id, member_type, name, email, email_key, password_hash)
                  select gen_random_uuid(), 'STAFF', 'Second', 'second@example.com', 'second@example.com', password_hash from accounts.person where email_key = 'first@example.com' on conflict do nothing;
                update accounts.person set active = true where member_type = 'STAFF';
                insert into accounts.staff_permission select id, 'STAFF_MANAGE' from accounts.person where member_type = 'STAFF' on conflict do nothing;
                """);
            var (first, second) = (await SessionAsync(portal, "first@example.com"), await SessionAsync(portal, "second@example.com"));

            var change = round % 2 == 0 ? "deactivateStaffMember(input: { id: $id })" : "setStaffPermissions(input: { id: $id, permissions: [] })";
            var answers = await Task.WhenAll(
                portal.AskAsync($"mutation ($id: ID!) {{ {change} {{ errors {{ __typename }} }} }}", new { id = second.Id }, first.Session),
                portal.AskAsync($"mutation ($id: ID!) {{ {change} {{ errors {{ __typename }} }} }}", new { id = first.Id }, second.Session));

            await using var superuser = NpgsqlDataSource.Create(portal.Database.Superuser);
            await using var command = superuser.CreateCommand("select cardinality(accounts.managers())");
            Assert.Equal(1, await command.ExecuteScalarAsync());
            Assert.Contains(answers, a => a.GetRawText().Contains("Error", StringComparison.Ordinal) || a.TryGetProperty("errors", out _));
        }
    }

    [Fact]
    public async Task The_last_who_can_manage_staff_stays_by_any_way()
    {
        await using var portal = await scene.Fixture.StartPortalAsync(("Portal:FirstStaff:Email", "first@example.com"), ("Portal:FirstStaff:Password", Scene.Password), ("Portal:FirstStaff:Name", "Fiona First"));
        var (session, id) = await SessionAsync(portal, "first@example.com");

        var answer = await portal.AskAsync("mutation ($id: ID!) { a: deactivateStaffMember(input: { id: $id }) { errors { ... on Error { code } } } b: setStaffPermissions(input: { id: $id, permissions: [CLIENTS_INVITE] }) { errors { ... on Error { code } } } }", new { id }, session);

        Assert.Equal("""{"a":{"errors":[{"code":"LAST_STAFF_MANAGER"}]},"b":{"errors":[{"code":"LAST_STAFF_MANAGER"}]}}""", answer.GetProperty("data").GetRawText());
        foreach (var sql in new[] { "delete from accounts.staff_permission", "update accounts.person set active = false", "update accounts.person set member_type = 'CLIENT'", "update accounts.person set password_hash = null" })
        {
            var refused = await Assert.ThrowsAsync<PostgresException>(() => portal.Database.ExecuteAsync($"insert into accounts.person (id, member_type, name, email, email_key) values (gen_random_uuid(), 'STAFF', 'No Password', gen_random_uuid(), gen_random_uuid()); {sql} where {(sql.Contains("person ", StringComparison.Ordinal) ? "email_key = 'first@example.com'" : "true")}"));
            Assert.Equal("staff_keeps_a_manager", refused.ConstraintName);
        }
    }

    private static async Task<(string Session, string Id)> SessionAsync(Testing.TestPortal portal, string email)
    {
        var answer = await portal.AskAsync("mutation ($input: SignInInput!) { signIn(input: $input) { token } }", new { input = new { email, password = Scene.Password } });
        var session = answer.GetProperty("data").GetProperty("signIn").GetProperty("token").GetString()!;
        var staff = (await portal.AskAsync("{ staff { nodes { id email } } }", session: session)).GetProperty("data").GetProperty("staff").GetProperty("nodes");
        return (session, staff.EnumerateArray().Single(s => s.GetProperty("email").GetString() == email).GetProperty("id").GetString()!);
    }

    private Task<JsonElement> AddAsync(string email, string? session, params string[] permissions) => scene.ChangeAsync("addStaffMember", new { name = "Nora New", email, permissions }, session, Member);

    private Task<JsonElement> SetAsync(string id, string? session, params string[] permissions) => scene.ChangeAsync("setStaffPermissions", new { id, permissions }, session, Member);

    private Task<JsonElement> DeactivateAsync(string id, string? session) => scene.ChangeAsync("deactivateStaffMember", new { id }, session, Member);
}

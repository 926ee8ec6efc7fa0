using System.Text.Json;
using ClientPortal.Testing;
using Npgsql;

namespace ClientPortal.Invitations.Tests;

[Collection(nameof(Scene))]
public sealed class WhoMayInviteTests(Scene scene)
{
    public static TheoryData<string> Mutations => ["inviteContact", "resendInvitation", "revokeInvitation", "revokePortalAccess"];

    [Theory]
    [MemberData(nameof(Mutations))]
    public async Task INV_11_staff_without_the_permission_are_refused(string mutation)
    {
        var contact = await scene.ContactAsync();
        JsonElement payload = default;

        var asked = await Statements.OfAsync(async () => payload = await scene.ChangeAsync(mutation, contact, scene.OtherStaff));

        Assert.Equal("FORBIDDEN", Scene.CodeOf(payload));
        Assert.Equal(JsonValueKind.Null, payload.GetProperty("contact").ValueKind);
        Assert.NotEmpty(asked);
        Assert.DoesNotContain(asked, statement => statement.Contains("invitations.invite(", StringComparison.Ordinal) || statement.Contains("invitations.revoke(", StringComparison.Ordinal)); // refused before the database, which would refuse by itself
    }

    [Theory]
    [MemberData(nameof(Mutations))]
    public async Task Nobody_is_refused(string mutation) =>
        Assert.Equal("UNAUTHENTICATED", Scene.CodeOf(await scene.ChangeAsync(mutation, await scene.ContactAsync(), session: null)));

    [Theory]
    [MemberData(nameof(Mutations))]
    public async Task A_contact_is_refused_even_about_themselves(string mutation)
    {
        var contact = await scene.ContactAsync();

        Assert.Equal("FORBIDDEN", Scene.CodeOf(await scene.ChangeAsync(mutation, contact, await scene.OnboardAsync(contact))));
    }

    [Theory]
    [MemberData(nameof(Mutations))]
    public async Task An_unknown_contact_is_not_found(string mutation)
    {
        var unknown = GraphQL.NodeId.Encode("Contact", Guid.CreateVersion7());
        var ofAnotherType = GraphQL.NodeId.Encode("Client", (await scene.ContactAsync()).Id);

        foreach (var id in new[] { unknown, ofAnotherType, "nonsense" })
        {
            Assert.Equal("NOT_FOUND", Scene.CodeOf(await scene.ChangeAsync(mutation, id, scene.Inviter)));
        }
    }

    [Fact]
    public async Task INV_11_the_database_refuses_staff_without_the_permission_by_itself()
    {
        var contact = await scene.ContactAsync();
        await using var staff = NpgsqlDataSource.Create(scene.Portal.Database.ConnectionStrings["Staff"]);
        await using var connection = await staff.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var command = new NpgsqlCommand("select ctx.ask($1, '')", connection);
        command.Parameters.Add(new NpgsqlParameter { Value = Platform.Asking.SessionSecret.Parse(scene.OtherStaff)!.Token });
        await command.ExecuteNonQueryAsync();
        await using var invite = new NpgsqlCommand("select outcome from invitations.invite($1, gen_random_uuid(), sha256('x'), null, false, 'x')", connection);
        invite.Parameters.Add(new NpgsqlParameter { Value = contact.Id });
        await using var revoke = new NpgsqlCommand("select invitations.revoke($1, true)", connection);
        revoke.Parameters.Add(new NpgsqlParameter { Value = contact.Id });
        await using var inviteMany = new NpgsqlCommand("select outcome from invitations.invite_many(gen_random_uuid(), 'k', sha256('x'), null, null, '7 days', 50000)", connection);
        await using var follow = new NpgsqlCommand("select count(*) from ctx.staff_rights(array[$1], 'CLIENTS_INVITE')", connection);
        follow.Parameters.Add(new NpgsqlParameter { Value = Platform.Asking.SessionSecret.Parse(scene.OtherStaff)!.Token });

        Assert.Equal("FORBIDDEN", await invite.ExecuteScalarAsync());
        Assert.Equal("FORBIDDEN", await revoke.ExecuteScalarAsync());
        Assert.Equal("FORBIDDEN", await inviteMany.ExecuteScalarAsync());
        Assert.Equal(0L, await follow.ExecuteScalarAsync());
    }
}

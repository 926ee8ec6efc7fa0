using System.Text.Json;
using ClientPortal.Testing;

namespace ClientPortal.Accounts.Tests;

[Collection(nameof(Scene))]
public sealed class OwnAccountTests(Scene scene)
{
    [Fact]
    public async Task One_changes_ones_own_name()
    {
        var session = await scene.SignedInAsync((await scene.PersonAsync()).Email);

        var payload = await scene.ChangeAsync("updateProfile", new { name = "  Petra Neu " }, session, "viewer { name }");

        Assert.Equal("Petra Neu", payload.GetProperty("viewer").GetProperty("name").GetString());
        Assert.Equal("Petra Neu", (await scene.AskAsync("{ viewer { name } }", session: session)).GetProperty("viewer").GetProperty("name").GetString());
        Assert.Equal("VALIDATION", Scene.CodeOf(await scene.ChangeAsync("updateProfile", new { name = "Two\nlines" }, session)));
        Assert.Equal("UNAUTHENTICATED", Scene.CodeOf(await scene.ChangeAsync("updateProfile", new { name = "Nobody" })));
    }

    [Fact]
    public async Task A_new_address_counts_once_it_is_confirmed_there_and_the_old_one_is_told()
    {
        var person = await scene.PersonAsync();
        var session = await scene.SignedInAsync(person.Email);
        var email = $"new{Guid.NewGuid():N}@example.com";

        Assert.Equal("INVALID_CREDENTIALS", Scene.CodeOf(await scene.ChangeAsync("requestEmailChange", new { email, password = "not the right one" }, session)));
        Scene.AssertDone(await scene.ChangeAsync("requestEmailChange", new { email, password = Scene.Password }, session, "accepted"));
        var token = await scene.TokenOfMailAsync(email);
        Assert.Equal("INVALID_CREDENTIALS", Scene.CodeOf(await scene.SignInAsync(email)));
        Assert.Equal("LINK_INVALID", Scene.CodeOf(await scene.ChangeAsync("resetPassword", new { token, password = Scene.OtherPassword })));
        var done = await scene.ChangeAsync("confirmEmailChange", new { token }, fields: "email");

        Assert.Equal(email, done.GetProperty("email").GetString());
        Scene.AssertDone(await scene.SignInAsync(email));
        Assert.Equal("INVALID_CREDENTIALS", Scene.CodeOf(await scene.SignInAsync(person.Email)));
        Assert.Equal("LINK_INVALID", Scene.CodeOf(await scene.ChangeAsync("confirmEmailChange", new { token })));
        await Eventually.TrueAsync(() => Task.FromResult(scene.MailsTo(person.Email).Count == 1));
        Assert.DoesNotContain(email, scene.MailsTo(person.Email)[0].Raw, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_of_somebody_else_is_refused_to_its_reader_alone()
    {
        var (person, other) = (await scene.PersonAsync(), await scene.PersonAsync());
        var session = await scene.SignedInAsync(person.Email);

        Scene.AssertDone(await scene.ChangeAsync("requestEmailChange", new { email = other.Email, password = Scene.Password }, session));
        var payload = await scene.ChangeAsync("confirmEmailChange", new { token = await scene.TokenOfMailAsync(other.Email) });

        Assert.Equal("ADDRESS_TAKEN", Scene.CodeOf(payload));
        Scene.AssertDone(await scene.SignInAsync(person.Email));
    }

    [Fact]
    public async Task Whose_password_was_changed_is_told_by_a_mail_without_a_link()
    {
        var person = await scene.PersonAsync();
        var session = await scene.SignedInAsync(person.Email);

        Assert.Equal("INVALID_CREDENTIALS", Scene.CodeOf(await scene.ChangeAsync("changePassword", new { currentPassword = "not the right one", newPassword = Scene.OtherPassword }, session)));
        Scene.AssertDone(await scene.ChangeAsync("changePassword", new { currentPassword = Scene.Password, newPassword = Scene.OtherPassword }, session));

        await Eventually.TrueAsync(() => Task.FromResult(scene.MailsTo(person.Email).Count > 0));
        var mail = Assert.Single(scene.MailsTo(person.Email));
        Assert.EndsWith("your password was changed", mail.Subject, StringComparison.Ordinal);
        Assert.DoesNotContain("://", mail.Text + mail.Html, StringComparison.Ordinal);
        Assert.Equal(1L, await scene.ScalarAsync<long>("select count(*) from mail.outbox where to_address = $1", person.Email));
    }

    [Fact]
    public async Task Guesses_at_ones_own_password_are_counted_as_those_to_sign_in_are()
    {
        var session = await scene.SignedInAsync((await scene.PersonAsync()).Email);
        JsonElement payload = default;
        for (var i = 0; i < 10; i++)
        {
            payload = await scene.ChangeAsync("changePassword", new { currentPassword = "wrong", newPassword = Scene.OtherPassword }, session, "viewer { name }");
        }

        Assert.Equal("INVALID_CREDENTIALS", Scene.CodeOf(await scene.ChangeAsync("changePassword", new { currentPassword = Scene.Password, newPassword = Scene.OtherPassword }, session)));
        Assert.True(await scene.LivesAsync(session));
        Assert.Equal("INVALID_CREDENTIALS", Scene.CodeOf(payload));
    }
}

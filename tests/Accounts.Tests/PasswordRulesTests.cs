namespace ClientPortal.Accounts.Tests;

public sealed class PasswordRulesTests
{
    [Theory]
    [InlineData("short")]
    [InlineData("aaaaaaaaaaaaaaaa")]
    [InlineData("abababababababab")]
    [InlineData("1234567890123456")]
    [InlineData("abcdefghijklmnop")]
    [InlineData("zyxwvutsrqponmlk")]
    [InlineData("qwertyuiopasdfgh")]
    [InlineData("1q2w3e4r5t6y7u8i")]
    [InlineData("password123456")]
    [InlineData("P@ssw0rd2024!!")]
    [InlineData("PasswordPassword")]
    [InlineData("Summer2024!!!!")]
    [InlineData("iloveyou1234")]
    [InlineData("Northwind-1234")]
    [InlineData("petra.person-12")]
    [InlineData("Welcome12345!")]
    [InlineData("1qaz2wsx3edc")]
    [InlineData("chickenwing101")]
    [InlineData("Unbelievable!!")]
    [InlineData("gfhjkmgfhjkm")]
    [InlineData("Wolverines-1999")]
    [InlineData("kawasaki*kawasaki")]
    [InlineData("motorola7motorola77")]
    [InlineData("Clientportal-99")]
    [InlineData("poiuytrewqlkjhgf")]
    [InlineData("petra@example.com")]
    public void What_is_guessed_first_is_refused(string password) =>
        Assert.NotNull(PasswordRules.Refuse(password, "Northwind & Söhne", "Petra Person", "petra@example.com"));

    [Theory]
    [InlineData(Scene.Password)]
    [InlineData(Scene.OtherPassword)]
    [InlineData("a long enough passphrase")]
    [InlineData("correct horse battery staple")]
    [InlineData("vZ8#qLm2!xRt")]
    [InlineData("drei sehr graue katzen")]
    [InlineData("猫が三匹と犬が二匹います！")]
    [InlineData("a3f81c09b2d47e65")]
    [InlineData("kawasaki motorola")]
    [InlineData("unbelievable grey cats")]
    public void What_is_hard_to_guess_is_accepted_whatever_it_is_made_of(string password) =>
        Assert.Null(PasswordRules.Refuse(password, "Northwind & Söhne", "Petra Person", "petra@example.com"));

    [Fact]
    public void A_password_may_be_long_and_not_endless()
    {
        Assert.Null(PasswordRules.Refuse(string.Concat(Enumerable.Repeat("vZ8#qLm2", 32))));
        Assert.NotNull(PasswordRules.Refuse(string.Concat(Enumerable.Repeat("vZ8#qLm2", 33))));
    }
}

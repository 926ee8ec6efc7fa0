using ClientPortal.Accounts.Contracts;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace ClientPortal.Accounts;

/// <summary>ASP.NET Core Identity's hashes: PBKDF2 with HMAC-SHA512. A length and nothing else is asked of a password (NIST SP 800-63B, section 5.1.1.2).</summary>
internal sealed class Passwords : IPasswords
{
    private const int MinLength = 12;
    private const int MaxLength = 256; // far beyond any passphrase; hashing must not become a way to burn the processor

    private static readonly object NoUser = new();

    private readonly PasswordHasher<object> _hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = 210_000 })); // OWASP's figure for this function

    private readonly Lazy<string> _nobodysHash;

    public Passwords() => _nobodysHash = new(() => Hash(Guid.NewGuid().ToString()));

    public string? Refuse(string password) => password.Length switch
    {
        < MinLength => $"The password is too short: use at least {MinLength} characters. A few unrelated words make a good one.",
        > MaxLength => $"The password is too long: use at most {MaxLength} characters.",
        _ => null,
    };

    public string Hash(string password) => _hasher.HashPassword(NoUser, password);

    public bool Verify(string? hash, string password) =>
        password.Length <= MaxLength && _hasher.VerifyHashedPassword(NoUser, hash ?? _nobodysHash.Value, password) != PasswordVerificationResult.Failed && hash is not null;
}

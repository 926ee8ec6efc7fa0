using ClientPortal.Accounts.Contracts;
using ClientPortal.Platform;
using ClientPortal.Platform.Asking;
using ClientPortal.Platform.Database;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace ClientPortal.Accounts;

/// <summary>ASP.NET Core Identity's hashes: PBKDF2 with HMAC-SHA512. The database counts the attempts.</summary>
internal sealed class Passwords : IPasswords, IDisposable
{
    private static readonly object NoUser = new();

    // Others wait without a thread: however many sign in at once, a processor is left for whoever is signed in already.
    private readonly SemaphoreSlim _turns = new(Math.Max(1, Environment.ProcessorCount - 1));

    private readonly PasswordHasher<object> _hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = 210_000 })); // OWASP's figure for this function
    private readonly Lazy<string> _nobodysHash;
    private readonly DataSources _sources;
    private readonly PortalOptions _portal;
    private readonly IHttpContextAccessor _http;

    public Passwords(DataSources sources, PortalOptions portal, IHttpContextAccessor http)
    {
        (_sources, _portal, _http) = (sources, portal, http);
        _nobodysHash = new(() => _hasher.HashPassword(NoUser, Guid.NewGuid().ToString()));
    }

    public string? Refuse(string password, string? name, string? email) => PasswordRules.Refuse(password, _portal.Organisation, name, email);

    public Task<string> HashAsync(string password, CancellationToken cancellationToken) => InTurnAsync(() => _hasher.HashPassword(NoUser, password), cancellationToken);

    public async Task<PasswordCheck> CheckAsync(string signInKey, string password, CancellationToken cancellationToken)
    {
        var (person, hash, blocked, retryAt) = (await _sources.QueryAsync(
            DbRole.Auth,
            $"select person_id, password_hash, blocked, retry_at from accounts.sign_in_attempt({signInKey}, {ClientNetwork.Of(_http.HttpContext)})",
            r => (r.IsDBNull(0) ? (Guid?)null : r.GetGuid(0), r.IsDBNull(1) ? null : r.GetString(1), r.GetBoolean(2), r.IsDBNull(3) ? (DateTimeOffset?)null : r.GetFieldValue<DateTimeOffset>(3)), cancellationToken))[0];
        var right = await InTurnAsync(() => Verify(hash, password), cancellationToken);
        return right && !blocked ? new PasswordCheck(person, null) : new PasswordCheck(null, retryAt);
    }

    // As long for nobody's hash as for somebody's.
    private bool Verify(string? hash, string password) =>
        _hasher.VerifyHashedPassword(NoUser, string.IsNullOrEmpty(hash) ? _nobodysHash.Value : hash, password.Length <= PasswordRules.MaxLength ? password : "") != PasswordVerificationResult.Failed && !string.IsNullOrEmpty(hash);

    public void Dispose() => _turns.Dispose();

    private async Task<T> InTurnAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        await _turns.WaitAsync(cancellationToken);
        try
        {
            return work();
        }
        finally
        {
            _turns.Release();
        }
    }
}

namespace ClientPortal.Accounts.Contracts;

/// <summary>How passwords are judged, hashed and checked. Hashing is meant to be slow: about 0.1 s of one core.</summary>
public interface IPasswords
{
    /// <summary>What is wrong with a new password and what would be right; null when it is acceptable (NIST SP 800-63B, section 5.1.1.2).</summary>
    /// <param name="password">The password.</param>
    /// <param name="name">The name of the person whose it is to be: as a password it would be guessed first.</param>
    /// <param name="email">Their address, likewise.</param>
    string? Refuse(string password, string? name, string? email);

    /// <summary>The hash to store.</summary>
    /// <param name="password">The password.</param>
    /// <param name="cancellationToken">Ends the wait for a turn: few are hashed at once.</param>
    Task<string> HashAsync(string password, CancellationToken cancellationToken);

    /// <summary>Counts an attempt to sign in and checks it. An address without a sign-in, a wrong password and a lock-out cost the same work and answer alike.</summary>
    /// <param name="signInKey">The address as sign-ins are compared; anything for what is no address.</param>
    /// <param name="password">The password that was given.</param>
    /// <param name="cancellationToken">Cancels the statement.</param>
    Task<PasswordCheck> CheckAsync(string signInKey, string password, CancellationToken cancellationToken);
}

/// <summary>What became of an attempt to sign in.</summary>
/// <param name="PersonId">Whose password it is; null when it is refused.</param>
/// <param name="RetryAt">Until when attempts are refused whatever their password; null while more are allowed.</param>
public sealed record PasswordCheck(Guid? PersonId, DateTimeOffset? RetryAt);

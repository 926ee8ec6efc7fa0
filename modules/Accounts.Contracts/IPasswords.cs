namespace ClientPortal.Accounts.Contracts;

/// <summary>How passwords are judged, hashed and checked. Hashing is meant to be slow: about 0.1 s of one core.</summary>
public interface IPasswords
{
    /// <summary>What is wrong with a new password and what would be right; null when it is acceptable (NIST SP 800-63B, section 5.1.1.2).</summary>
    string? Refuse(string password);

    /// <summary>The hash to store.</summary>
    string Hash(string password);

    /// <summary>Whether the password is the hash's. With a null hash it takes as long and answers false.</summary>
    bool Verify(string? hash, string password);
}

using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace ClientPortal.Platform.Asking;

/// <summary>
/// The secret that a browser's cookie or a program's bearer token holds: 256 random bits. It never reaches the database,
/// its derived <see cref="Token"/> does, and the database stores a hash of that.
/// </summary>
public sealed class SessionSecret
{
    private SessionSecret(string text, ReadOnlySpan<byte> bytes)
    {
        Text = text;
        Token = Convert.ToHexStringLower(SHA256.HashData([.. "db"u8, .. bytes]));
    }

    /// <summary>The secret as cookie or bearer token: 43 characters of base64url.</summary>
    public string Text { get; }

    /// <summary>hex(SHA-256("db" ‖ S)): what <c>portal.token</c> is set to.</summary>
    public string Token { get; }

    /// <summary>A new secret.</summary>
    public static SessionSecret Create()
    {
        var bytes = RandomNumberGenerator.GetBytes(32);
        return new SessionSecret(Base64Url.EncodeToString(bytes), bytes);
    }

    /// <summary>Reads a secret as it was given out; null for anything else.</summary>
    public static SessionSecret? Parse(string? text)
    {
        if (text is not { Length: 43 })
        {
            return null;
        }

        var bytes = new byte[32];
        // Written back and compared: of the spellings that decode alike, only the one given out counts.
        return Base64Url.DecodeFromChars(text, bytes, out _, out var written) == OperationStatus.Done && written == 32 && Base64Url.EncodeToString(bytes) == text
            ? new SessionSecret(text, bytes)
            : null;
    }

    /// <summary>Never shows the secret.</summary>
    public override string ToString() => "session secret";
}

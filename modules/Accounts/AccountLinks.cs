using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using ClientPortal.Platform;

namespace ClientPortal.Accounts;

/// <summary>
/// The links of this module's mails. A token is derived from the link's id with the portal's key: nothing that lets anyone in
/// is stored or queued, and a mail that is tried again carries the same link.
/// </summary>
internal sealed class AccountLinks(PortalOptions portal)
{
    /// <summary>The first part of the path of a link that sets a password; the front end knows it, too.</summary>
    public const string Reset = "reset";

    /// <summary>The first part of the path of a link that confirms an address.</summary>
    public const string ConfirmEmail = "confirm-email";

    /// <summary>Whose portal it is, for the subjects of mails.</summary>
    public string Organisation => portal.Organisation;

    /// <summary>A new link's id, and what the database keeps of its token.</summary>
    public (Guid Id, byte[] TokenHash) Create()
    {
        var id = Guid.CreateVersion7();
        return (id, HashOf(TokenOf(id)));
    }

    /// <summary>Where the link leads. From the configuration alone: a request's Host header could name anybody's server.</summary>
    public Uri UrlOf(string page, Guid linkId) => new(portal.PublicUrl, $"{page}/{TokenOf(linkId)}");

    /// <summary>Of the text, so that only the one spelling given out counts.</summary>
    public static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    // 256 bits: base64url(HMAC-SHA256(key, "account link" ‖ id)).
    private string TokenOf(Guid linkId) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(portal.LinkKey.Span, [.. "account link"u8, .. linkId.ToByteArray(bigEndian: true)]));
}

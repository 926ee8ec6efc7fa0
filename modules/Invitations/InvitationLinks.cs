using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using ClientPortal.Platform;

namespace ClientPortal.Invitations;

/// <summary>
/// The links that let a contact in. A token is derived from the invitation's id with the portal's key: nothing that opens
/// the portal is stored or queued, and a mail that is tried again carries the same link.
/// </summary>
internal sealed class InvitationLinks(PortalOptions portal)
{
    /// <summary>A new invitation's id, and what the database keeps of its token.</summary>
    public (Guid Id, byte[] TokenHash) Create()
    {
        var id = Guid.CreateVersion7();
        return (id, HashOf(TokenOf(id)));
    }

    /// <summary>Where the contact accepts. From the configuration alone: a request's Host header could name anybody's server.</summary>
    public Uri UrlOf(Guid invitationId) => new(portal.PublicUrl, $"invitation/{TokenOf(invitationId)}");

    /// <summary>Hash only: a stolen backup must not let anyone accept. Of the text, so that only the one spelling given out counts.</summary>
    public static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    // 256 bits: base64url(HMAC-SHA256(key, "invitation" ‖ id)).
    private string TokenOf(Guid invitationId) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(portal.LinkKey.Span, [.. "invitation"u8, .. invitationId.ToByteArray(bigEndian: true)]));
}

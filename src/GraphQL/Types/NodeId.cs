using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace ClientPortal.GraphQL;

/// <summary>A decoded global id. Its text is opaque to clients: base64url of the type's name, a colon and the 16 bytes of the Guid.</summary>
/// <param name="TypeName">The GraphQL type; empty for an id that names nothing.</param>
/// <param name="Value">The id within the type.</param>
public readonly record struct NodeId(string TypeName, Guid Value)
{
    // A type's name is far shorter; a longer text is no id of ours and is not worth decoding.
    private const int MaxTextLength = 200;

    /// <summary>An id that names nothing: what malformed text decodes to.</summary>
    public static NodeId Nothing { get; } = new("", Guid.Empty);

    /// <summary>The text for clients.</summary>
    public override string ToString() => Encode(TypeName, Value);

    /// <summary>The text for clients.</summary>
    public static string Encode(string typeName, Guid value)
    {
        Span<byte> bytes = stackalloc byte[typeName.Length + 17];
        Encoding.ASCII.GetBytes(typeName, bytes);
        bytes[typeName.Length] = (byte)':';
        value.TryWriteBytes(bytes[(typeName.Length + 1)..], bigEndian: true, out _);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Reads a client's text. Only the one text that <see cref="Encode"/> writes is accepted, so ids can be compared as text.</summary>
    public static bool TryParse(string? text, out NodeId id)
    {
        id = Nothing;
        if (text is null || text.Length > MaxTextLength || !TryDecode(text, out var bytes) || bytes.Length < 18 || bytes[^17] != (byte)':')
        {
            return false;
        }

        var candidate = new NodeId(Encoding.ASCII.GetString(bytes[..^17]), new Guid(bytes.AsSpan()[^16..], bigEndian: true));
        if (candidate.ToString() != text || !candidate.TypeName.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
        {
            return false;
        }

        id = candidate;
        return true;
    }

    private static bool TryDecode(string text, [NotNullWhen(true)] out byte[]? bytes)
    {
        var buffer = new byte[Base64Url.GetMaxDecodedLength(text.Length)];
        var ok = Base64Url.DecodeFromChars(text, buffer, out _, out var written) == System.Buffers.OperationStatus.Done;
        bytes = ok ? buffer[..written] : null;
        return ok;
    }
}

/// <summary>A reference to a node by its id: the engine loads it through the owning type's node resolver, all of a level at once. Null for the client when it names nothing that the caller may see.</summary>
/// <param name="Id">The id within the type.</param>
/// <param name="TypeName">The GraphQL type; not needed where <see cref="NodeTypeAttribute"/> names it.</param>
public readonly record struct NodeRef(Guid Id, string? TypeName = null);

/// <summary>An object with an id, for fields that other modules add to it.</summary>
public interface IHasId
{
    /// <summary>The id within its type.</summary>
    Guid Id { get; }
}

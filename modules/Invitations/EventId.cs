using System.Buffers.Binary;

namespace ClientPortal.Invitations;

/// <summary>Events are numbered in the order in which they became visible; the number stands in the id's last eight bytes.</summary>
internal static class EventId
{
    public static Guid Of(long number)
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        BinaryPrimitives.WriteInt64BigEndian(bytes[8..], number);
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>The number, or null when the id is no event's.</summary>
    public static long? NumberOf(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return BinaryPrimitives.ReadInt64BigEndian(bytes) == 0 && BinaryPrimitives.ReadInt64BigEndian(bytes[8..]) is > 0 and var number ? number : null;
    }
}

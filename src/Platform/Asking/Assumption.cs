namespace ClientPortal.Platform.Asking;

/// <summary>
/// What a query takes for granted of who asks: what the host remembers of the session. The first statement under the session says
/// whether it is still so, and no answer leaves the host before that was said (docs/decisions/0020-asked-with-the-first-statement.md).
/// </summary>
/// <param name="digest">The SHA-256 of it, as <c>ctx.asker</c> told it.</param>
public sealed class Assumption(byte[] digest)
{
    private volatile bool _held;
    private volatile bool _broke;

    /// <summary>The SHA-256 of what is assumed, as <c>ctx.asker</c> told it.</summary>
    internal byte[] Digest => digest;

    /// <summary>Whether it is still so; null as long as no statement has said.</summary>
    internal bool? Holds => _broke ? false : _held ? true : null;

    /// <summary>The contact whose portal was opened, where that is not the one used last: to be stored once the assumption is confirmed, which it would contradict before.</summary>
    internal Guid? Opened { get; set; }

    /// <summary>A statement has said. Once broken it stays so, whatever another says.</summary>
    internal void Hear(bool holds)
    {
        if (holds)
        {
            _held = true;
        }
        else
        {
            _broke = true;
        }
    }
}

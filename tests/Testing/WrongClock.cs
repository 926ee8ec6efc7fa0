namespace ClientPortal.Testing;

/// <summary>A host's clock that is off by so much.</summary>
public sealed class WrongClock(TimeSpan by) : TimeProvider
{
    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
}

namespace ClientPortal.Platform.Events;

/// <summary>A NOTIFY channel that <see cref="DatabaseSignals"/> listens to; modules register theirs.</summary>
/// <param name="Name">The channel's name, lower case, as SQL names it.</param>
public sealed record SignalChannel(string Name);

namespace ClientPortal.Platform;

/// <summary>A mistake in the configuration or the surroundings that only the operator can mend. The host writes the message as one line on stderr and ends with exit code 2.</summary>
/// <param name="message">One line: what is wrong, which setting it is, and what to do.</param>
public sealed class FatalException(string message) : Exception(message);

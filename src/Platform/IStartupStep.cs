namespace ClientPortal.Platform;

/// <summary>Something a module does once the database is ready and before the first request is answered. Steps run in the modules' order.</summary>
public interface IStartupStep
{
    /// <summary>Does it; safe to repeat, and safe when two hosts start at once.</summary>
    /// <exception cref="FatalException">The operator has to mend something first.</exception>
    Task RunAsync(CancellationToken cancellationToken);
}

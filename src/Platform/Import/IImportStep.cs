namespace ClientPortal.Platform.Import;

/// <summary>
/// What one module reads of an import. Modules register their steps; they run in the order of registration, in one transaction,
/// as <c>portal_import</c>. A step reports bad rows and goes on, so that one run names them all.
/// </summary>
public interface IImportStep
{
    /// <summary>Reads the step's files, checks every row, and adds what is not there yet.</summary>
    Task RunAsync(ImportContext context, CancellationToken cancellationToken);
}

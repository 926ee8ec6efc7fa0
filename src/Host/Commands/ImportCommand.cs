using ClientPortal.Platform;

namespace ClientPortal.Host.Commands;

/// <summary><c>import FOLDER</c>: loads a folder of CSV files.</summary>
internal static class ImportCommand
{
    public static Task<int> RunAsync(string folder, string[] settings, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder))
        {
            throw new FatalException($"There is no folder {folder} to import from.");
        }

        throw new FatalException("This build has no importer.");
    }
}

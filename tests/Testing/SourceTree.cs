namespace ClientPortal.Testing;

/// <summary>The work tree that the tests were built from.</summary>
public static class SourceTree
{
    /// <summary>Its root.</summary>
    public static string Root { get; } = FindRoot();

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "ClientPortal.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("The tests run inside their work tree; ClientPortal.sln was not found above them.");
        }

        return folder;
    }
}

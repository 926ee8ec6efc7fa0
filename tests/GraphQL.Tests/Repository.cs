namespace ClientPortal.GraphQL.Tests;

/// <summary>Where things are, from the tests' own folder.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string Cases => Path.GetFullPath(Path.Combine(Root, "../shared/conformance"));

    /// <summary>The adapter as built with these tests.</summary>
    public static string Adapter
    {
        get
        {
            var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
            return Path.Combine(Root, "tests/GraphQL.Conformance/bin", configuration, "net10.0/ClientPortal.GraphQL.Conformance.dll");
        }
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "ClientPortal.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not stand in the repository.");
        }

        return folder.FullName;
    }
}

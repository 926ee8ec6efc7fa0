using System.Globalization;
using ClientPortal.Host.EmbeddedPostgres;

namespace ClientPortal.Host.Tests;

/// <summary>A data folder for a host in a process of its own.</summary>
internal sealed class DataFolderForTest : IAsyncDisposable
{
    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"clientportal-host-tests-{Guid.NewGuid():N}");

    private string PidFile => System.IO.Path.Combine(Path, "postgres", "postmaster.pid");

    /// <summary>The process of the PostgreSQL server that runs on it; null when none does.</summary>
    public int? Server => File.Exists(PidFile) ? int.Parse(File.ReadLines(PidFile).First(), NumberStyles.None, CultureInfo.InvariantCulture) : null;

    /// <summary>Joins what a test left running, so that leaving stops it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Server is not null)
        {
            await (await LocalPostgres.StartAsync(Path, configuredBinaries: null, CancellationToken.None)).DisposeAsync();
        }

        if (Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }
    }
}

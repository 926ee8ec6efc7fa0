namespace ClientPortal.Host.EmbeddedPostgres;

/// <summary>Locks on files of the data folder. The system drops them with the process, however that ends.</summary>
internal static class FolderLock
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2); // a first start elsewhere may be fetching PostgreSQL

    /// <summary>Waits for the only right to start or stop the server.</summary>
    public static async Task<IDisposable> TakeAsync(string dataFolder, CancellationToken cancellationToken)
    {
        var path = Path.Combine(dataFolder, "start.lock");
        var until = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (Environment.TickCount64 < until)
            {
                await Task.Delay(50, cancellationToken);
            }
        }
    }

    /// <summary>Says that this host uses the server; any number of hosts may.</summary>
    public static IDisposable Share(string dataFolder)
    {
        var path = Path.Combine(dataFolder, "users.lock");
        if (!File.Exists(path))
        {
            File.WriteAllBytes(path, []);
        }

        return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
    }

    /// <summary>Whether no host uses the server; asked under the start lock.</summary>
    public static bool NobodyShares(string dataFolder)
    {
        try
        {
            new FileStream(Path.Combine(dataFolder, "users.lock"), FileMode.Open, FileAccess.ReadWrite, FileShare.None).Dispose();
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}

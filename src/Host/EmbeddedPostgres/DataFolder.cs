using System.Security.Cryptography;
using System.Text;
using ClientPortal.Platform;

namespace ClientPortal.Host.EmbeddedPostgres;

/// <summary>Where the embedded database and its secrets live.</summary>
internal static class DataFolder
{
    /// <summary>Picks and makes the folder: the configured one, else <c>.data</c> at the root of the source tree or beside the program, else one of the user's own.</summary>
    public static string Prepare(string? configured)
    {
        if (!string.IsNullOrWhiteSpace(configured))
        {
            var folder = Path.GetFullPath(configured);
            return TryMake(folder, out var reason)
                ? folder
                : throw new FatalException($"Portal__DataFolder: {folder} cannot be used: {reason}");
        }

        string[] candidates =
        [
            Path.Combine(SourceRoot() ?? AppContext.BaseDirectory, ".data"),
            Unprivileged.Needed
                ? $"/var/lib/clientportal-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(AppContext.BaseDirectory)))[..12]}"
                : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "clientportal"),
        ];
        return candidates.FirstOrDefault(folder => TryMake(folder, out _))
            ?? throw new FatalException($"Neither {string.Join(" nor ", candidates)} can be written to: set Portal__DataFolder.");
    }

    private static string? SourceRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ClientPortal.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName;
    }

    private static bool TryMake(string folder, out string reason)
    {
        try
        {
            if (Unprivileged.Obstacle(Path.GetDirectoryName(folder) ?? folder) is { } obstacle)
            {
                reason = $"PostgreSQL runs as nobody here, whom {obstacle} keeps out; choose another folder or chmod o+x it.";
                return false;
            }

            Directory.CreateDirectory(folder);
            if (!OperatingSystem.IsWindows())
            {
                // 711 for root: the user that PostgreSQL runs as passes through to its own folder and can list nothing.
                File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
                    | (Unprivileged.Needed ? UnixFileMode.GroupExecute | UnixFileMode.OtherExecute : UnixFileMode.None));
            }

            using var probe = new FileStream(Path.Combine(folder, $"probe-{Environment.ProcessId}"), FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
            reason = "";
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            reason = exception.Message;
            return false;
        }
    }
}

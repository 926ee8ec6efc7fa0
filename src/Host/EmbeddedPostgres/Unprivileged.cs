using System.Diagnostics;
using ClientPortal.Platform;

namespace ClientPortal.Host.EmbeddedPostgres;

/// <summary>PostgreSQL refuses to run as root; a host that does runs it as the user nobody, who owns the cluster then.</summary>
internal static class Unprivileged
{
    private const string User = "nobody";

    public static bool Needed { get; } = !OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess;

    public static Task<ChildProcess.Result> RunAsync(string program, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        // The current folder may be one that nobody may not enter.
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = Path.GetPathRoot(Path.GetFullPath(program)) };
        if (Needed)
        {
            start.UserName = User;
        }

        // Messages are shown and versions are read: in English, whatever the machine speaks.
        start.Environment["LC_ALL"] = "C";
        return ChildProcess.RunAsync(start, cancellationToken);
    }

    /// <summary>Hands a file or an empty folder to the user that PostgreSQL runs as.</summary>
    public static Task OwnAsync(string path, CancellationToken cancellationToken) => ChangeAsync("chown", [User, path], cancellationToken);

    /// <summary>Lets that user read a folder, whatever the umask was when it was filled.</summary>
    public static Task LetReadAsync(string folder, CancellationToken cancellationToken) => ChangeAsync("chmod", ["-R", "a+rX", folder], cancellationToken);

    private static async Task ChangeAsync(string program, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        if (Needed && await ChildProcess.RunAsync(new ProcessStartInfo(program, arguments), cancellationToken) is { ExitCode: not 0 } refused)
        {
            throw new FatalException($"The data folder does not take the rights that PostgreSQL needs ({refused.LastLine}): set Portal__DataFolder to a local disk.");
        }
    }

    /// <summary>Whether that user can get to a folder.</summary>
    public static bool CanReach(string folder) => Obstacle(folder) is null;

    /// <summary>The folder on the way that keeps that user out; null when there is none.</summary>
    public static string? Obstacle(string folder)
    {
        if (!Needed || OperatingSystem.IsWindows())
        {
            return null;
        }

        for (var parent = new DirectoryInfo(Path.GetFullPath(folder)); parent is not null; parent = parent.Parent)
        {
            if (parent.Exists && !File.GetUnixFileMode(parent.FullName).HasFlag(UnixFileMode.OtherExecute))
            {
                return parent.FullName;
            }
        }

        return null;
    }
}

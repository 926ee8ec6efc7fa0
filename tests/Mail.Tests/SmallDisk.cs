using System.Diagnostics;

namespace ClientPortal.Mail.Tests;

/// <summary>Runs where a file system can be mounted: as root, on Linux, with the right to mount.</summary>
internal sealed class UnixRootFactAttribute : FactAttribute
{
    public UnixRootFactAttribute()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess || !SmallDisk.CanMount())
        {
            Skip = "Needs the right to mount a small file system (root on Linux).";
        }
    }
}

/// <summary>A file system in memory that is soon full, for a tablespace.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private readonly string mount;

    private SmallDisk(string mount) => this.mount = mount;

    /// <summary>Where PostgreSQL may write.</summary>
    public string Folder => Path.Combine(mount, "postgres");

    public static bool CanMount()
    {
        var folder = Directory.CreateTempSubdirectory("clientportal-mount-").FullName;
        var can = Run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder);
        if (can)
        {
            Run("umount", folder);
        }

        Directory.Delete(folder);
        return can;
    }

    public static Task<SmallDisk> MountAsync(int megabytes)
    {
        var mount = Path.Combine(Path.GetTempPath(), $"clientportal-disk-{Guid.NewGuid():N}");
        Directory.CreateDirectory(mount);
        Assert.True(Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m,mode=755", "tmpfs", mount));
        var disk = new SmallDisk(mount);
        Directory.CreateDirectory(disk.Folder);
        Assert.True(Run("chown", "nobody", disk.Folder));
        return Task.FromResult(disk);
    }

    /// <summary>Takes all the room that is left.</summary>
    public void Fill()
    {
        using var file = File.Create(Path.Combine(mount, "filler"));
        var block = new byte[4096];
        try
        {
            while (true)
            {
                file.Write(block);
                file.Flush();
            }
        }
        catch (IOException)
        {
            // Full.
        }
    }

    public void Empty() => File.Delete(Path.Combine(mount, "filler"));

    // Lazily: PostgreSQL may have a file open still.
    public ValueTask DisposeAsync()
    {
        Run("umount", "-l", mount);
        Directory.Delete(mount);
        return ValueTask.CompletedTask;
    }

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true });
        process?.WaitForExit();
        return process?.ExitCode == 0;
    }
}

using ClientPortal.Testing;

namespace ClientPortal.Host.Tests;

public sealed class EmbeddedPostgresTests
{
    [UnixFact]
    public async Task Ctrl_C_stops_the_host_and_its_PostgreSQL()
    {
        await using var folder = new DataFolderForTest();
        var port = PortalFixture.FreePort();
        using var host = Serve(folder, port);
        await host.ReadyAsync(port);
        Assert.NotNull(folder.Server);

        await host.SignalAsync("INT");

        var (exitCode, output, errors) = await host.EndAsync();
        Assert.Equal((0, ""), (exitCode, errors));
        Assert.Null(folder.Server);
        Assert.Contains($"http://localhost:{port}/", output, StringComparison.Ordinal);
        Assert.Contains("staff@example.com", output, StringComparison.Ordinal);
    }

    [UnixFact]
    public async Task A_host_that_is_stopped_while_it_starts_leaves_no_PostgreSQL()
    {
        await using var folder = new DataFolderForTest();
        using var host = Serve(folder, PortalFixture.FreePort());
        var deadline = Environment.TickCount64 + 60_000;
        while (!Directory.Exists(folder.Path) && Environment.TickCount64 < deadline)
        {
            await Task.Delay(10);
        }

        await host.SignalAsync("TERM");

        Assert.NotEqual(2, (await host.EndAsync()).ExitCode);
        Assert.Null(folder.Server);
        Assert.False(File.Exists(Path.Combine(folder.Path, "initdb.password")));
    }

    [Fact]
    public async Task After_kill_9_the_next_host_takes_over_the_surviving_server()
    {
        await using var folder = new DataFolderForTest();
        var port = PortalFixture.FreePort();
        using (var killed = Serve(folder, port))
        {
            await killed.ReadyAsync(port);
            await killed.KillAsync();
        }

        var survivor = folder.Server;
        Assert.NotNull(survivor);

        using var next = Serve(folder, port);
        await next.ReadyAsync(port);
        Assert.Equal(survivor, folder.Server);
    }

    [Fact]
    public async Task After_host_and_server_are_killed_the_next_start_works()
    {
        await using var folder = new DataFolderForTest();
        var port = PortalFixture.FreePort();
        using (var killed = Serve(folder, port))
        {
            await killed.ReadyAsync(port);
            await killed.KillAsync();
        }

        var dead = folder.Server!.Value; // the test before has seen that it survives
        using (var server = System.Diagnostics.Process.GetProcessById(dead))
        {
            server.Kill();
            await server.WaitForExitAsync();
        }

        using var next = Serve(folder, port);
        await next.ReadyAsync(port);
        Assert.NotEqual(dead, folder.Server);
    }

    [UnixFact]
    public async Task Two_hosts_that_start_at_once_share_one_server_and_the_last_one_out_stops_it()
    {
        await using var folder = new DataFolderForTest();
        var (port, otherPort) = (PortalFixture.FreePort(), PortalFixture.FreePort());
        using var host = Serve(folder, port);
        using var other = Serve(folder, otherPort);
        await Task.WhenAll(host.ReadyAsync(port), other.ReadyAsync(otherPort));
        var server = folder.Server;

        await host.SignalAsync("TERM");
        Assert.Equal(0, (await host.EndAsync()).ExitCode);
        Assert.Equal(server, folder.Server);
        Assert.Equal(System.Net.HttpStatusCode.OK, await HostProcess.StatusAsync(otherPort));

        await other.SignalAsync("TERM");
        Assert.Equal(0, (await other.EndAsync()).ExitCode);
        Assert.Null(folder.Server);
    }

    [Fact]
    public async Task Without_an_installed_PostgreSQL_the_npm_package_does()
    {
        await using var folder = new DataFolderForTest();
        var (exitCode, output, errors) = await HostProcess.RunAsync(["check"], ("Portal__DataFolder", folder.Path), ("Portal__PostgresBinaries", "npm"));
        Assert.Equal((0, ""), (exitCode, errors));
        Assert.Contains("0 violations", output, StringComparison.Ordinal);
        Assert.Equal("18", (await File.ReadAllTextAsync(Path.Combine(folder.Path, "postgres", "PG_VERSION"))).Trim());
    }

    [UnixFact]
    public async Task Only_the_owner_reads_the_secrets()
    {
        if (OperatingSystem.IsWindows())
        {
            return; // for the analyzer: the attribute has skipped it by now
        }

        await using var folder = new DataFolderForTest();
        Assert.Equal(0, (await HostProcess.RunAsync(["check"], ("Portal__DataFolder", folder.Path))).ExitCode);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(folder.Path, "secrets.json")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.Combine(folder.Path, "postgres")));
        var log = await File.ReadAllTextAsync(Path.Combine(folder.Path, "postgres", "server.log"));
        foreach (var secret in EmbeddedPostgres.LocalSecrets.ReadOrMake(folder.Path).Roles.Values)
        {
            Assert.DoesNotContain(secret, log, StringComparison.Ordinal);
        }
    }

    private static HostProcess Serve(DataFolderForTest folder, int port) =>
        HostProcess.Start([], ("Portal__DataFolder", folder.Path), ("ASPNETCORE_URLS", $"http://localhost:{port}"));
}

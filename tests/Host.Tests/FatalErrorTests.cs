using System.Net;
using System.Net.Sockets;
using ClientPortal.Testing;

namespace ClientPortal.Host.Tests;

/// <summary>Every fatal error is one line on stderr that names the setting, nothing on stdout, and exit code 2.</summary>
[Collection(nameof(PortalFixture))]
public sealed class FatalErrorTests(PortalFixture portal)
{
    [Fact]
    public Task An_unknown_command() => RefusedAsync(["migrat"], "commands are: migrate, import FOLDER, check");

    [Fact]
    public Task An_unknown_option() => RefusedAsync(["--verbose"], "--verbose");

    [Fact]
    public Task An_operand_too_many() => RefusedAsync(["check", "everything"], "everything");

    [Fact]
    public Task An_import_without_a_folder() => RefusedAsync(["import"], "folder");

    [Fact]
    public Task An_import_of_a_folder_that_is_not_there() => RefusedAsync(["import", "/no/such/folder"], "/no/such/folder");

    [Fact]
    public async Task A_port_in_use()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        await using var folder = new DataFolderForTest();
        await RefusedAsync([], $"Port {port} is in use", ("ASPNETCORE_URLS", $"http://localhost:{port}"), ("Portal__DataFolder", folder.Path));
        Assert.False(Directory.Exists(folder.Path));
    }

    [Fact]
    public Task An_address_that_is_none() => RefusedAsync([], "ASPNETCORE_URLS", ("ASPNETCORE_URLS", "nonsense"));

    [Fact]
    public Task A_malformed_connection_string() => RefusedAsync(["check"], "ConnectionStrings__Job", ("ConnectionStrings__Job", "nonsense"));

    [Fact]
    public Task A_missing_connection_string() => RefusedAsync(["migrate"], "ConnectionStrings__Migrator", ("ConnectionStrings__Job", "Host=localhost"));

    [Fact]
    public Task A_server_that_does_not_answer()
    {
        var port = PortalFixture.FreePort();
        return RefusedAsync(["check"], $"127.0.0.1:{port}", ("ConnectionStrings__Job", $"Host=127.0.0.1;Port={port};Username=portal_job;Password=x"));
    }

    [Fact]
    public async Task A_wrong_password()
    {
        var database = await portal.CreateDatabaseAsync();
        var wrong = new Npgsql.NpgsqlConnectionStringBuilder(database.ConnectionStrings["Auth"]) { Password = "wrong-password" }.ConnectionString;
        var line = await RefusedAsync([], "ConnectionStrings__Auth", [.. Serving(database), ("ConnectionStrings__Auth", wrong)]);
        Assert.DoesNotContain("wrong-password", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DBR_04_a_connection_string_of_a_superuser()
    {
        var database = await portal.CreateDatabaseAsync();
        await RefusedAsync([], "ConnectionStrings__Contact signs in as postgres; it must be portal_contact", [.. Serving(database), ("ConnectionStrings__Contact", database.Superuser)]);
    }

    [Theory]
    [InlineData("Contact", "Migrator")] // the one who may become the tables' owner
    [InlineData("Contact", "Staff")]
    [InlineData("Staff", "Contact")]
    [InlineData("Auth", "Job")]
    [InlineData("Job", "Migrator")]
    public async Task DBR_04_a_connection_string_of_another_role(string role, string other)
    {
        var database = await portal.CreateDatabaseAsync();
        await RefusedAsync([], $"ConnectionStrings__{role} signs in as portal_{other.ToLowerInvariant()}; it must be portal_{role.ToLowerInvariant()}", [.. Serving(database), ($"ConnectionStrings__{role}", database.ConnectionStrings[other])]);
    }

    [Theory]
    [InlineData("portal_contact", "bypassrls")]
    [InlineData("portal_staff", "superuser")]
    [InlineData("portal_job", "createrole")]
    public async Task DBR_04_a_role_that_may_more_than_it_must(string role, string attribute)
    {
        var database = await portal.CreateDatabaseAsync();
        try
        {
            await database.ExecuteAsync($"alter role {role} {attribute}");
            var (exitCode, _, errors) = await HostProcess.RunAsync([], Serving(database));
            Assert.Equal(2, exitCode);
            Assert.Contains($"H01 role has a dangerous attribute: {role}", errors, StringComparison.Ordinal);
        }
        finally
        {
            await database.ExecuteAsync($"alter role {role} no{attribute}"); // roles are the whole server's
        }
    }

    [Theory]
    [InlineData("Multiplexing")]
    [InlineData("Enlist")]
    [InlineData("No Reset On Close")]
    public async Task DBR_06_a_connection_string_that_could_mix_identities(string setting)
    {
        var database = await portal.CreateDatabaseAsync();
        await RefusedAsync([], $"must not set {setting}", [.. Serving(database), ("ConnectionStrings__Contact", $"{database.ConnectionStrings["Contact"]};{setting}=true")]);
    }

    [Fact]
    public async Task No_PostgreSQL_and_no_npm()
    {
        await using var folder = new DataFolderForTest();
        await RefusedAsync([], "Install PostgreSQL 15 or later, or Node.js", ("PATH", "/nowhere"), ("Portal__PostgresBinaries", "npm"), ("Portal__DataFolder", folder.Path), FreeUrl());
    }

    [Fact]
    public async Task Binaries_that_are_none()
    {
        await using var folder = new DataFolderForTest();
        await RefusedAsync([], "Portal__PostgresBinaries", ("Portal__PostgresBinaries", Path.GetTempPath()), ("Portal__DataFolder", folder.Path), FreeUrl());
    }

    [Fact]
    public async Task A_data_folder_that_is_a_file()
    {
        var file = Path.GetTempFileName();
        await RefusedAsync([], "Portal__DataFolder", ("Portal__DataFolder", file), FreeUrl());
        File.Delete(file);
    }

    [Theory]
    [InlineData("Portal__PublicUrl", "portal.example.com")]
    [InlineData("Portal__LinkKey", "c2hvcnQ=")]
    [InlineData("Portal__Demo", "perhaps")]
    [InlineData("Portal__FirstStaff__Email", "nobody")]
    [InlineData("Smtp__Port", "many")]
    [InlineData("Smtp__Security", "ssl")]
    [InlineData("Smtp__Security", "starttls,tls")]
    [InlineData("Smtp__From", "nobody")]
    [InlineData("Smtp__From", "one@example.com, two@example.com")]
    [InlineData("Smtp__From", "Portal <portal@example.com")]
    public async Task A_malformed_setting(string setting, string value)
    {
        var database = await portal.CreateDatabaseAsync();
        await RefusedAsync([], setting, [.. Serving(database), ("Smtp__Host", "localhost"), ("Smtp__From", "portal@example.com"), (setting, value)]);
    }

    [Fact]
    public async Task A_public_address_that_is_missing_in_production()
    {
        var database = await portal.CreateDatabaseAsync();
        await RefusedAsync([], "Portal__PublicUrl", [.. Serving(database), ("Portal__PublicUrl", "")]);
    }

    [Fact]
    public async Task A_migration_that_was_changed_after_it_was_applied()
    {
        var database = await portal.CreateDatabaseAsync();
        await database.ExecuteAsync("update platform.migration set sha256 = 'another' where module = 'Platform' and file = '0002_mail.sql'");
        await RefusedAsync(["migrate"], "Platform/0002_mail.sql was changed", ("ConnectionStrings__Migrator", database.ConnectionStrings["Migrator"]));
        await RefusedAsync([], "Platform/0002_mail.sql was changed", Serving(database));
    }

    [Fact]
    public async Task A_migration_that_was_removed_after_it_was_applied()
    {
        var database = await portal.CreateDatabaseAsync();
        await database.ExecuteAsync("insert into platform.migration (module, file, sha256) values ('Gone', '0001_tables.sql', '')");
        await RefusedAsync(["migrate"], "Gone/0001_tables.sql", ("ConnectionStrings__Migrator", database.ConnectionStrings["Migrator"]));
    }

    [Fact]
    public async Task A_schema_that_is_behind()
    {
        var database = await portal.CreateDatabaseAsync();
        await database.ExecuteAsync("delete from platform.migration where module = 'Platform' and file = '0002_mail.sql'");
        await RefusedAsync([], "run the command migrate", Serving(database));
    }

    [Fact]
    public async Task A_migration_that_fails_leaves_nothing_behind()
    {
        var database = await portal.CreateDatabaseAsync();
        await database.ExecuteAsync("delete from platform.migration where module = 'Platform' and file = '0002_mail.sql'");
        await RefusedAsync(["migrate"], "Platform/0002_mail.sql failed: schema \"mail\" already exists", ("ConnectionStrings__Migrator", database.ConnectionStrings["Migrator"]));
    }

    [Fact]
    public async Task DBR_04_a_database_whose_protection_was_weakened()
    {
        var database = await portal.CreateDatabaseAsync();
        await database.ExecuteAsync("create table mail.hole (client_id uuid)");

        var (exitCode, _, errors) = await HostProcess.RunAsync([], Serving(database));
        Assert.Equal(2, exitCode);
        Assert.Contains("H04", errors, StringComparison.Ordinal);
        Assert.Contains("mail.hole", errors, StringComparison.Ordinal);

        var check = await HostProcess.RunAsync(["check"], Serving(database));
        Assert.Equal((1, ""), (check.ExitCode, check.Errors));
        Assert.Contains("mail.hole", check.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Checking_with_the_oracle_needs_the_migrator_and_tells_what_it_compared()
    {
        var database = await portal.CreateDatabaseAsync();
        var healthy = await HostProcess.RunAsync(["check", "oracle"], [.. Serving(database), ("ConnectionStrings__Migrator", database.ConnectionStrings["Migrator"])]);
        Assert.Equal((0, ""), (healthy.ExitCode, healthy.Errors));
        Assert.Contains("0 differences in what 0 contacts see of ", healthy.Output, StringComparison.Ordinal);

        var without = await HostProcess.RunAsync(["check", "oracle"], Serving(database));
        Assert.Equal(2, without.ExitCode);
        Assert.Contains("ConnectionStrings__Migrator is not set", without.Errors, StringComparison.Ordinal);
    }

    private static (string, string)[] Serving(TestDatabase database) =>
    [
        .. database.ConnectionStrings.Where(login => login.Key != "Migrator").Select(login => ($"ConnectionStrings__{login.Key}", login.Value)),
        ("Portal__PublicUrl", "https://portal.example.com"),
        FreeUrl(),
    ];

    private static (string, string) FreeUrl() => ("ASPNETCORE_URLS", $"http://localhost:{PortalFixture.FreePort()}");

    private static async Task<string> RefusedAsync(string[] arguments, string reason, params (string, string)[] settings)
    {
        var (exitCode, output, errors) = await HostProcess.RunAsync(arguments, settings);
        Assert.Equal("", output);
        Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(reason, errors, StringComparison.Ordinal);
        Assert.Equal(2, exitCode);
        return errors;
    }
}

using ClientPortal.Platform.Migrations;
using ClientPortal.Testing;

namespace ClientPortal.Host.Tests;

[Collection(nameof(PortalFixture))]
public sealed class MigrationTests(PortalFixture fixture)
{
    [Fact]
    public void Files_run_by_number_then_platform_then_modules_as_listed()
    {
        var files = MigrationSet.Of(Modules.All).Files;
        var order = new[] { "Platform" }.Concat(Modules.All.Select(module => module.Name)).ToList();
        Assert.NotEmpty(files);
        Assert.Equal(files.OrderBy(file => file.Number).ThenBy(file => order.IndexOf(file.Module)).ThenBy(file => file.Name, StringComparer.Ordinal), files);
        Assert.DoesNotContain(files, file => file.ToString() == "Platform/0001_roles.sql");
    }

    [Fact]
    public void Line_endings_do_not_change_a_file() =>
        Assert.Equal(new MigrationFile("Platform", "0009_x.sql", "a\nb\n").Sha256, new MigrationFile("Platform", "0009_x.sql", "a\r\nb\r\n").Sha256);

    [Fact]
    public async Task Migrating_again_and_from_several_places_at_once_changes_nothing()
    {
        var database = await fixture.CreateDatabaseAsync();
        var settings = new Npgsql.NpgsqlConnectionStringBuilder(database.ConnectionStrings["Migrator"]);
        var applied = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Migrator.MigrateAsync(settings, MigrationSet.Of(Modules.All), CancellationToken.None)));
        Assert.All(applied, Assert.Empty);
    }
}

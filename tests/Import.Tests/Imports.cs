using ClientPortal.Host;
using ClientPortal.Host.Commands;
using ClientPortal.Host.Import;
using ClientPortal.Platform.Import;
using ClientPortal.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace ClientPortal.Import.Tests;

/// <summary>Imports into a test's database as the command does, and looks at what is there.</summary>
internal static class Imports
{
    public static readonly string[] Tables =
    [
        "clients.client", "clients.contact", "clients.visibility", "clients.addressee", "billing.invoice", "billing.invoice_line", "billing.payment",
        "projects.project", "projects.ticket", "calendar.event",
    ];

    public static async Task<ImportResult> ImportAsync(
        this TestDatabase database, ImportFolder folder, IProgress<ImportProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["ConnectionStrings:Migrator"] = database.ConnectionStrings["Migrator"] }).Build();
        var services = new ServiceCollection();
        foreach (var module in Modules.All)
        {
            module.AddServices(services, configuration);
        }

        await using var provider = services.BuildServiceProvider();
        return await FolderImport.RunAsync(configuration, provider.GetServices<IImportStep>(), folder.Path, progress, cancellationToken);
    }

    public static async Task AddAsync(this TestDatabase database, ImportFolder folder)
    {
        var result = await database.ImportAsync(folder);
        Assert.Empty(result.Errors);
    }

    /// <summary>The command itself, with what it prints.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunCommandAsync(this TestDatabase database, string folder)
    {
        var (output, errors) = (Console.Out, Console.Error);
        using var newOutput = new StringWriter();
        using var newErrors = new StringWriter();
        Console.SetOut(newOutput);
        Console.SetError(newErrors);
        try
        {
            var exitCode = await CommandLine.RunAsync(["import", folder, $"--ConnectionStrings:Migrator={database.ConnectionStrings["Migrator"]}"], CancellationToken.None);
            return (exitCode, newOutput.ToString(), newErrors.ToString());
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(errors);
        }
    }

    public static async Task<List<object[]>> QueryAsync(this TestDatabase database, string sql)
    {
        await using var connection = new NpgsqlConnection(database.Superuser);
        await connection.OpenAsync();
#pragma warning disable CA2100 // the tests' own text
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<object[]>();
        while (await reader.ReadAsync())
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            rows.Add(row);
        }

        return rows;
    }

    /// <summary>Rows and a digest of all that they hold, by table.</summary>
    public static async Task<Dictionary<string, (long Rows, string Digest)>> ContentAsync(this TestDatabase database)
    {
        var content = new Dictionary<string, (long, string)>();
        foreach (var table in Tables)
        {
            var row = (await database.QueryAsync($"select count(*), coalesce(md5(string_agg(t::text, e'\\n' order by t::text)), '') from {table} t")).Single();
            content.Add(table, ((long)row[0], (string)row[1]));
        }

        return content;
    }

    public static async Task AssertEmptyAsync(this TestDatabase database) =>
        Assert.All(await database.ContentAsync(), table => Assert.Equal(0, table.Value.Rows));
}

using ClientPortal.Host.Commands;

namespace ClientPortal.Architecture.Tests;

public sealed class SchemaTests
{
    /// <summary>The file at the root is what the host prints: <c>dotnet run --project src/Host -- schema &gt; schema.graphql</c>.</summary>
    [Fact]
    public async Task The_printed_schema_is_the_committed_one()
    {
        var file = Path.Combine(Root(), "schema.graphql");
        var printed = SchemaCommand.Print();
        if (await File.ReadAllTextAsync(file) == printed)
        {
            return;
        }

        await File.WriteAllTextAsync(file + ".received", printed);
        Assert.Fail("schema.graphql is stale: compare it with schema.graphql.received and, when the change is meant, replace it.");
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "ClientPortal.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run from within the source tree.");
        }

        return folder.FullName;
    }
}

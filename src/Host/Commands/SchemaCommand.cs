using ClientPortal.GraphQL;
using ClientPortal.GraphQL.Types;
using ClientPortal.Platform;

namespace ClientPortal.Host.Commands;

/// <summary><c>schema</c>: prints the schema that the modules make together, as it stands in <c>schema.graphql</c>. Needs no database.</summary>
internal static class SchemaCommand
{
    public static async Task<int> RunAsync()
    {
        await Console.Out.WriteAsync(Print());
        return 0;
    }

    internal static string Print()
    {
        var services = new ServiceCollection();
        var configuration = new ConfigurationBuilder().Build();
        services.AddSingleton<PortalOptions>(_ => throw new InvalidOperationException("The schema is printed without settings: no resolver runs."));
        services.AddLogging().AddSingleton<IConfiguration>(configuration).AddPlatform().AddGraphQL();
        foreach (var module in Modules.All)
        {
            module.AddServices(services, configuration);
        }

        using var provider = services.BuildServiceProvider();
        return SchemaPrinter.Print(provider.GetRequiredService<RequestExecutor>().Schema);
    }
}

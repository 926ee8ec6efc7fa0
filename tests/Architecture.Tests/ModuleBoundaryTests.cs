using System.Reflection;

namespace ClientPortal.Architecture.Tests;

public sealed class ModuleBoundaryTests
{
    private static readonly string[] ModuleNames = ["Accounts", "Clients", "Invitations", "Billing", "Projects", "Calendar"];

    public static TheoryData<string> Modules => [.. ModuleNames];

    [Theory]
    [MemberData(nameof(Modules))]
    public void A_module_refers_to_the_platform_the_engine_and_contracts_only(string module)
    {
        var references = Load(module).GetReferencedAssemblies().Select(a => a.Name!).Where(n => n.StartsWith("ClientPortal.", StringComparison.Ordinal));

        Assert.All(references, name => Assert.True(name is "ClientPortal.Platform" or "ClientPortal.GraphQL" || name.EndsWith(".Contracts", StringComparison.Ordinal), $"{module} refers to {name}"));
    }

    [Theory]
    [MemberData(nameof(Modules))]
    public void A_module_shows_one_public_type(string module)
    {
        var types = Load(module).GetExportedTypes().Where(t => t.Name != "_Imports" && !typeof(Microsoft.AspNetCore.Components.IComponent).IsAssignableFrom(t)).Select(t => t.Name);

        Assert.Equal([module + "Module"], types);
    }

    [Fact]
    public void The_engine_knows_nothing_of_client_portals()
    {
        var references = Assembly.Load("ClientPortal.GraphQL").GetReferencedAssemblies().Select(a => a.Name!);

        Assert.DoesNotContain(references, name => name.StartsWith("ClientPortal.", StringComparison.Ordinal) || name.Contains("EntityFramework", StringComparison.Ordinal) || name.StartsWith("Npgsql", StringComparison.Ordinal));
    }

    [Fact]
    public void The_host_lists_every_module()
    {
        var listed = Assembly.Load("ClientPortal.Host").GetReferencedAssemblies().Select(a => a.Name!);

        Assert.Superset(ModuleNames.Select(n => "ClientPortal." + n).ToHashSet(), listed.ToHashSet());
    }

    private static Assembly Load(string module) => Assembly.Load("ClientPortal." + module);
}

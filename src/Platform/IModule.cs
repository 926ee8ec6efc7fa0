using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ClientPortal.Platform;

/// <summary>One module of the monolith. The host lists its modules in one array; nothing is scanned.</summary>
public interface IModule
{
    /// <summary>The module's name, e.g. <c>Billing</c>. Its database schema is the same in lower case; its SQL files are the embedded resources <c>Sql/NNNN_name.sql</c> of its assembly.</summary>
    string Name { get; }

    /// <summary>Registers what the module needs at run time, its GraphQL types included.</summary>
    void AddServices(IServiceCollection services, IConfiguration configuration);
}

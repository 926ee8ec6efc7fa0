using System.Reflection;
using System.Text.RegularExpressions;
using ClientPortal.Platform.Database;
using Npgsql;

namespace ClientPortal.Platform.Migrations;

/// <summary>All SQL files of this build, in the order in which they run: by number, then the platform, then the modules as the host lists them. So every module's tables exist before any module's access rules refer to them.</summary>
public sealed partial class MigrationSet
{
    private MigrationSet(IReadOnlyList<MigrationFile> files) => Files = files;

    internal IReadOnlyList<MigrationFile> Files { get; }

    /// <summary>Reads the files that the platform and the modules carry.</summary>
    public static MigrationSet Of(IEnumerable<IModule> modules) => new(
        [.. Read("Platform", typeof(MigrationSet).Assembly)
            .Concat(modules.SelectMany(module => Read(module.Name, module.GetType().Assembly)))
            .OrderBy(file => file.Number)]); // stable: within a number the order of reading stays

    /// <summary>The superuser's script that makes the roles: run once a cluster by an administrator, or by the host on its embedded database.</summary>
    public static string RolesScript { get; } = Text(typeof(MigrationSet).Assembly, RolesResource);

    private const string RolesResource = "Sql/0001_roles.sql";

    private static IEnumerable<MigrationFile> Read(string module, Assembly assembly) =>
        from resource in assembly.GetManifestResourceNames()
        where FileName().IsMatch(resource) && (module != "Platform" || resource != RolesResource)
        orderby resource
        select new MigrationFile(module, resource["Sql/".Length..], Text(assembly, resource));

    internal static string Text(Assembly assembly, string resource)
    {
        using var stream = assembly.GetManifestResourceStream(resource) ?? throw new InvalidOperationException($"{assembly.GetName().Name} carries no resource {resource}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>What stands in the way of serving: the files that this database lacks. Files that it has and this build does not know are fine here, so that old hosts keep serving while new ones are rolled out.</summary>
    /// <param name="source">The pool of the login <see cref="DbRole.Job"/>, which may read the list.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    /// <exception cref="FatalException">The schema is behind, or a file was changed after it was applied.</exception>
    public async Task EnsureAppliedAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        var pending = Pending(await MigrationRecord.ReadAsync(connection, cancellationToken));
        if (pending.Count > 0)
        {
            throw new FatalException($"The database schema is behind this build by {pending.Count} file(s), the first being {pending[0]}: run the command migrate.");
        }
    }

    internal IReadOnlyList<MigrationFile> Pending(IReadOnlyDictionary<string, string> applied)
    {
        var changed = Files.FirstOrDefault(file => applied.TryGetValue(file.ToString(), out var sha256) && sha256 != file.Sha256);
        return changed is null
            ? [.. Files.Where(file => !applied.ContainsKey(file.ToString()))]
            : throw new FatalException($"Migration {changed} was changed after it was applied to this database: restore its text and put the change into a new file.");
    }

    [GeneratedRegex(@"^Sql/[0-9]{4}_[a-z0-9_]+\.sql$")]
    private static partial Regex FileName();
}

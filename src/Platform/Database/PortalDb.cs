using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace ClientPortal.Platform.Database;

/// <summary>
/// A module's DbContext: its own schema only, snake_case names, enums as upper snake case text, nothing tracked, and every
/// statement under the rights of <see cref="Session"/>.
/// </summary>
public abstract class PortalDb(DbContextOptions options) : DbContext(options)
{
    private DbSession? _session;

    /// <summary>Who is asking. Set for each lease.</summary>
    /// <exception cref="InvalidOperationException">The context was not leased for a session.</exception>
    public DbSession Session
    {
        get => _session ?? throw new InvalidOperationException($"{GetType().Name} was not opened for a session.");
        internal set => _session = value;
    }

    /// <summary>The database schema of the module.</summary>
    protected abstract string Schema { get; }

    /// <inheritdoc/>
    protected sealed override void OnModelCreating(ModelBuilder modelBuilder)
    {
        MapEntities(modelBuilder);
        foreach (var entity in modelBuilder.Model.GetEntityTypes())
        {
            if (entity.GetViewName() is null)
            {
                entity.SetSchema(Schema);
                entity.SetTableName(SnakeCase(entity.ClrType.Name));
            }
            else if (entity.GetViewSchema() is null)
            {
                entity.SetViewSchema(Schema); // a second class over a table, for columns that not every role may read
            }

            foreach (var property in entity.GetProperties())
            {
                property.SetColumnName(SnakeCase(property.Name));
                var type = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
                if (type.IsEnum)
                {
                    property.SetValueConverter((ValueConverter)Activator.CreateInstance(typeof(UpperSnakeCase<>).MakeGenericType(type))!); // has a public constructor
                }
            }
        }
    }

    /// <summary>Declares the module's entities and their keys; names follow by themselves.</summary>
    protected abstract void MapEntities(ModelBuilder modelBuilder);

    private static string SnakeCase(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);

    private sealed class UpperSnakeCase<T>() : ValueConverter<T, string>(
        v => Stored.Text(v),
        v => Stored.Value<T>(v))
        where T : struct, Enum;
}

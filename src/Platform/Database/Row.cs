using System.ComponentModel.DataAnnotations.Schema;
using System.Linq.Expressions;
using System.Reflection;
using System.Text.Json;
using Npgsql;

namespace ClientPortal.Platform.Database;

/// <summary>
/// Reads rows into a module's class: from the table or view that its <see cref="TableAttribute"/> names, each property from the
/// column of its name in snake case, enums from upper snake case text; not those marked <see cref="NotMappedAttribute"/>.
/// Compiled once a class.
/// </summary>
public static class Row<T>
    where T : class, new()
{
    private static readonly PropertyInfo[] Properties =
        [.. typeof(T).GetProperties().Where(p => p.CanWrite && !p.IsDefined(typeof(NotMappedAttribute)))];

    /// <summary>Makes an object of a row that <see cref="Columns"/> were selected of.</summary>
    public static Func<NpgsqlDataReader, T> Read { get; } = Compile();

    /// <summary>The columns in the order in which <see cref="Read"/> expects them.</summary>
    public static PlainSql Columns { get; } = new(string.Join(", ", Properties.Select(Column)));

    /// <summary>The table or view, for a hole of a statement: a <see cref="RecordTable"/> where the class is of a kind of record.</summary>
    public static object Table { get; } = FindTable();

    private static object FindTable()
    {
        var table = typeof(T).GetCustomAttribute<TableAttribute>() ?? throw new InvalidOperationException($"{typeof(T).Name} does not say where its rows are: [Table(\"name\", Schema = \"schema\")].");
        var name = $"{table.Schema}.{table.Name}";
        return typeof(T).GetCustomAttribute<RecordKindAttribute>() is { } record ? new RecordTable(record.Kind, name) : new PlainSql(name);
    }

    internal static string Column(MemberInfo property) => JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name);

    private static Func<NpgsqlDataReader, T> Compile()
    {
        var reader = Expression.Parameter(typeof(NpgsqlDataReader), "reader");
        var bindings = Properties.Select((property, i) => Expression.Bind(property, Value(reader, property, Expression.Constant(i))));
        return Expression.Lambda<Func<NpgsqlDataReader, T>>(Expression.MemberInit(Expression.New(typeof(T)), bindings), reader).Compile();
    }

    private static Expression Value(ParameterExpression reader, PropertyInfo property, ConstantExpression column)
    {
        var type = property.PropertyType;
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        Expression value = plain.IsEnum
            ? Expression.Call(typeof(Stored), nameof(Stored.Value), [plain], Expression.Call(reader, nameof(NpgsqlDataReader.GetString), null, column))
            : Expression.Call(reader, nameof(NpgsqlDataReader.GetFieldValue), [plain], column);
        var isNullable = type != plain || new NullabilityInfoContext().Create(property).WriteState == NullabilityState.Nullable;
        return isNullable
            ? Expression.Condition(Expression.Call(reader, nameof(NpgsqlDataReader.IsDBNull), null, column), Expression.Default(type), Expression.Convert(value, type))
            : value;
    }
}

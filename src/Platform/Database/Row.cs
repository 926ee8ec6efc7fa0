using System.ComponentModel.DataAnnotations.Schema;
using System.Linq.Expressions;
using System.Reflection;
using System.Text.Json;
using Npgsql;

namespace ClientPortal.Platform.Database;

/// <summary>
/// Reads rows into a module's class, each property from the column of its name in snake case, as <see cref="PortalDb"/> maps
/// them; not those marked <see cref="NotMappedAttribute"/>. Compiled once a class.
/// </summary>
public static class Row<T>
    where T : class, new()
{
    private static readonly PropertyInfo[] Properties =
        [.. typeof(T).GetProperties().Where(p => p.CanWrite && !p.IsDefined(typeof(NotMappedAttribute)))];

    /// <summary>The columns in the order in which <see cref="Read"/> expects them.</summary>
    public static string Columns { get; } = string.Join(", ", Properties.Select(p => JsonNamingPolicy.SnakeCaseLower.ConvertName(p.Name)));

    /// <summary>Makes an object of a row.</summary>
    public static Func<NpgsqlDataReader, T> Read { get; } = Compile();

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

using System.Text.Json;
using ClientPortal.GraphQL.Language;
using ClientPortal.GraphQL.Types;

namespace ClientPortal.GraphQL.Execution;

/// <summary>A value that does not fit its type, with where it stands within the argument or variable.</summary>
internal sealed class InputException(string message) : Exception(message)
{
    /// <summary>The literal that does not fit; null when the field as a whole is to blame.</summary>
    public SyntaxNode? At { get; init; }

    /// <summary>The place of <see cref="At"/>; null without one. Worked out once: the same may fail for each object of a list.</summary>
    public IReadOnlyList<SourceLocation>? Locations(DocumentNode document) => _locations ??= At is null ? null : [document.LocationOf(At)];

    private SourceLocation[]? _locations;
}

/// <summary>
/// Input coercion (section 3, "Input Coercion" of each type, and 6.1.2). Coerced: scalars as they parse, enums as their CLR value,
/// lists as <c>object?[]</c>, input objects as dictionaries in the order of the fields' declaration, without the absent ones.
/// </summary>
internal static class InputCoercion
{
    /// <summary>Coerces a literal. <paramref name="variables"/> holds the variables that have a value; null where none may stand.</summary>
    public static object? Literal(GraphQLType type, ValueNode literal, IReadOnlyDictionary<string, object?>? variables)
    {
        if (literal is VariableNode variable)
        {
            object? value = null;
            variables?.TryGetValue(variable.Name, out value);
            return value is not null || type is not NonNullType ? value : throw new InputException($"Variable \"${variable.Name}\" has no value, but \"{type}\" is expected.");
        }

        if (literal is NullValueNode)
        {
            return type is NonNullType ? throw new InputException($"Expected a value of type \"{type}\", found null.") : null;
        }

        switch (type.Nullable)
        {
            case ListType list:
                return literal is ListValueNode items
                    ? items.Items.Select(item => Literal(list.Of, item, variables)).ToArray()
                    : new[] { Literal(list.Of, literal, variables) };
            case InputObjectType input:
                return Object(input, literal as ObjectValueNode ?? throw Unfit(type, literal), variables);
            case EnumType enumType:
                return (literal as EnumValueNode is { } node ? enumType.Value(node.Name) : null) is { } member ? member.ClrValue ?? member.Name : throw Unfit(type, literal);
            case ScalarType scalar:
                return scalar.TryParseLiteral(literal, variables, out var parsed) ? parsed : throw Unfit(type, literal);
            default:
                throw new InputException($"\"{type}\" is not an input type.");
        }
    }

    /// <summary>Coerces a JSON value.</summary>
    public static object? Json(GraphQLType type, JsonElement json)
    {
        if (json.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined)
        {
            return type is NonNullType ? throw new InputException($"Expected non-nullable type \"{type}\" not to be null.") : null;
        }

        switch (type.Nullable)
        {
            case ListType list:
                if (json.ValueKind != JsonValueKind.Array)
                {
                    return new[] { Json(list.Of, json) };
                }

                var items = new object?[json.GetArrayLength()];
                var index = 0;
                foreach (var item in json.EnumerateArray())
                {
                    items[index] = At(index, list.Of, item);
                    index++;
                }

                return items;
            case InputObjectType input:
                return Object(input, json);
            case EnumType enumType:
                return (json.ValueKind == JsonValueKind.String ? enumType.Value(json.GetString()!) : null) is { } member
                    ? member.ClrValue ?? member.Name
                    : throw new InputException($"Value {Text(json)} does not exist in \"{enumType}\" enum.");
            case ScalarType scalar:
                return scalar.TryParseValue(json, out var parsed) ? parsed : throw new InputException($"{scalar} cannot represent value: {Text(json)}.");
            default:
                throw new InputException($"\"{type}\" is not an input type.");
        }
    }

    private static Dictionary<string, object?> Object(InputObjectType type, ObjectValueNode literal, IReadOnlyDictionary<string, object?>? variables)
    {
        var result = new Dictionary<string, object?>(type.Fields.Count);
        foreach (var field in type.Fields)
        {
            var given = Find(literal, field.Name);
            // An absent variable is as if the field were not written (6.1.2, "Input Object").
            if (given is null || (given is VariableNode variable && variables?.ContainsKey(variable.Name) != true))
            {
                AddDefault(type, field, result);
            }
            else
            {
                result.Add(field.Name, Literal(field.Type, given, variables));
            }
        }

        foreach (var field in literal.Fields)
        {
            if (type.Field(field.Name.Value) is null)
            {
                throw new InputException($"Field \"{field.Name.Value}\" is not defined by type \"{type}\".");
            }
        }

        CheckOneOf(type, literal.Fields.Count, result);
        return result;
    }

    private static Dictionary<string, object?> Object(InputObjectType type, JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw new InputException($"Expected type \"{type}\" to be an object.");
        }

        var result = new Dictionary<string, object?>(type.Fields.Count);
        foreach (var field in type.Fields)
        {
            if (json.TryGetProperty(field.Name, out var value))
            {
                result.Add(field.Name, At(field.Name, field.Type, value));
            }
            else
            {
                AddDefault(type, field, result);
            }
        }

        var count = 0;
        foreach (var property in json.EnumerateObject())
        {
            count++;
            if (type.Field(property.Name) is null)
            {
                throw new InputException($"Field \"{property.Name}\" is not defined by type \"{type}\".");
            }
        }

        CheckOneOf(type, count, result);
        return result;
    }

    private static object? At(object key, GraphQLType type, JsonElement json)
    {
        try
        {
            return Json(type, json);
        }
        catch (InputException inner)
        {
            var at = key is int index ? $"[{index}]" : "." + key;
            throw inner.Message.StartsWith("at ", StringComparison.Ordinal)
                ? new InputException("at " + at + inner.Message[3..])
                : new InputException("at " + at + ": " + inner.Message);
        }
    }

    private static void AddDefault(InputObjectType type, InputValue field, Dictionary<string, object?> result)
    {
        if (field.DefaultValue is not null)
        {
            result.Add(field.Name, field.CoercedDefault);
        }
        else if (field.Type is NonNullType)
        {
            throw new InputException($"Field \"{type}.{field.Name}\" of required type \"{field.Type}\" was not provided.");
        }
    }

    // Section 3.10.1: exactly one field, and not null.
    private static void CheckOneOf(InputObjectType type, int written, Dictionary<string, object?> result)
    {
        if (type.IsOneOf && (written != 1 || result.Count != 1 || result.Values.First() is null))
        {
            throw new InputException($"Exactly one key must be specified and not null for OneOf type \"{type}\".");
        }
    }

    private static ValueNode? Find(ObjectValueNode literal, string name)
    {
        foreach (var field in literal.Fields)
        {
            if (field.Name.Value == name)
            {
                return field.Value;
            }
        }

        return null;
    }

    private static InputException Unfit(GraphQLType type, ValueNode literal) => new($"Expected value of type \"{type}\", found {Printer.Print(literal)}.");

    // Values are echoed only in part: an answer must not grow with the request.
    private static string Text(JsonElement json) => json.GetRawText() is { Length: > 100 } text ? text[..100] + "…" : json.GetRawText();
}

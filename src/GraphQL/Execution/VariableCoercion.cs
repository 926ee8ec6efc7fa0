using System.Text.Json;
using ClientPortal.GraphQL.Language;
using ClientPortal.GraphQL.Types;

namespace ClientPortal.GraphQL.Execution;

/// <summary>Coercing variable values (section 6.1.2).</summary>
internal static class VariableCoercion
{
    // Looking a member up reads through them all; so many look-ups in a large object would take long.
    private const int FewVariables = 16;

    private static readonly Dictionary<string, object?> None = [];

    /// <summary>The variables that have a value. On errors the result is not to be used.</summary>
    public static Dictionary<string, object?> Coerce(Schema schema, DocumentNode document, OperationNode operation, JsonElement json, List<GraphQLError> errors)
    {
        if (operation.Variables.Count == 0)
        {
            return None;
        }

        var members = operation.Variables.Count > FewVariables ? MembersOf(json) : null;
        var values = new Dictionary<string, object?>(operation.Variables.Count);
        foreach (var definition in operation.Variables)
        {
            var name = definition.Variable.Name;
            if (TypeOf(schema, definition.Type) is not { IsInput: true } type)
            {
                errors.Add(Error(document, definition, $"Variable \"${name}\" expected value of type \"{Printer.Print(definition.Type)}\" which cannot be used as an input type."));
                continue;
            }

            try
            {
                if (members is not null ? members.TryGetValue(name, out var given) : json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out given))
                {
                    values[name] = InputCoercion.Json(type, given);
                }
                else if (definition.DefaultValue is { } defaultValue)
                {
                    values[name] = InputCoercion.Literal(type, defaultValue, null);
                }
                else if (type is NonNullType)
                {
                    errors.Add(Error(document, definition, $"Variable \"${name}\" of required type \"{type}\" was not provided."));
                }
            }
            catch (InputException invalid)
            {
                errors.Add(Error(document, definition, $"Variable \"${name}\" got invalid value {invalid.Message}"));
            }
            catch (InvalidOperationException)
            {
                // Half of a surrogate pair, which JSON can spell: System.Text.Json finds out when the text is read.
                errors.Add(Error(document, definition, $"Variable \"${name}\" holds text that is not Unicode."));
            }
        }

        return values;
    }

    private static Dictionary<string, JsonElement> MembersOf(JsonElement json)
    {
        var members = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        if (json.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in json.EnumerateObject())
            {
                members[member.Name] = member.Value;
            }
        }

        return members;
    }

    private static GraphQLType? TypeOf(Schema schema, TypeNode node) => node switch
    {
        NonNullTypeNode n => TypeOf(schema, n.Of) is { } of ? new NonNullType(of) : null,
        ListTypeNode l => TypeOf(schema, l.Of) is { } of ? new ListType(of) : null,
        NamedTypeNode t => schema.TryGetType(t.Name, out var type) ? type : null,
        _ => null,
    };

    private static GraphQLError Error(DocumentNode document, VariableDefinitionNode definition, string message) =>
        new(message) { Locations = [document.LocationOf(definition)], Code = ExecutionCodes.BadUserInput };
}

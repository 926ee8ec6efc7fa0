using ClientPortal.GraphQL.Validation;

namespace ClientPortal.GraphQL.Types;

/// <summary>The rules of section 3 for finished types, however they were built.</summary>
internal sealed class TypeSystemValidation
{
    private readonly List<GraphQLError> _errors = [];

    /// <summary>Every error; empty for a valid type system.</summary>
    public static IReadOnlyList<GraphQLError> Validate(Schema schema)
    {
        var validation = new TypeSystemValidation();
        validation.CheckRoots(schema);
        foreach (var directive in schema.Directives.Values)
        {
            validation.CheckDirective(directive);
        }

        var types = schema.Types.Values.Where(t => !BuiltIns.IsBuiltIn(t.Name)).ToArray();
        foreach (var type in types)
        {
            validation.CheckType(type);
        }

        InputObjectCycles.Check([.. types.OfType<InputObjectType>()], validation.Report);
        DefaultValueCycles.Check([.. types.OfType<InputObjectType>()], validation.Report);
        return validation._errors;
    }

    private void Report(string message) => _errors.Add(new GraphQLError(message));

    // 3.3.1
    private void CheckRoots(Schema schema)
    {
        if (schema.Query is null)
        {
            Report("The query root type must be provided.");
        }

        var roots = new[] { schema.Query, schema.Mutation, schema.Subscription }.OfType<ObjectType>().ToArray();
        if (roots.Distinct().Count() < roots.Length)
        {
            Report("All root types must be different.");
        }
    }

    private void CheckName(string name, string coordinate)
    {
        if (name.StartsWith("__", StringComparison.Ordinal))
        {
            Report($"The name of {coordinate} must not begin with \"__\", which is reserved for introspection.");
        }
        else if (name.Length == 0 || char.IsAsciiDigit(name[0]) || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
        {
            // 2.1.8. A document cannot have such a name; a class or attribute can.
            Report($"The name of {coordinate} must consist of ASCII letters, digits and underscores, and not begin with a digit.");
        }
    }

    private void CheckUnique(IEnumerable<string> names, Func<string, string> coordinate)
    {
        foreach (var twice in names.GroupBy(n => n).Where(g => g.Count() > 1))
        {
            Report($"There can be only one {coordinate(twice.Key)}.");
        }
    }

    private void CheckDirective(DirectiveDefinition directive)
    {
        CheckName(directive.Name, $"@{directive.Name}");
        if (directive.Locations.Count == 0)
        {
            Report($"Directive @{directive.Name} must have at least one location.");
        }

        CheckInputValues(directive.Arguments, name => $"@{directive.Name}({name}:)");
    }

    private void CheckType(NamedType type)
    {
        CheckName(type.Name, type.Name);
        switch (type)
        {
            case FieldsType t:
                CheckFields(t);
                InterfaceImplementation.Check(t, Report);
                break;
            case UnionType t:
                RequireMembers(t, t.PossibleTypes.Count);
                foreach (var twice in t.PossibleTypes.GroupBy(p => p).Where(g => g.Count() > 1))
                {
                    Report($"Union {t} can include {twice.Key} only once.");
                }

                break;
            case EnumType t:
                RequireMembers(t, t.Values.Count);
                CheckUnique(t.Values.Select(v => v.Name), name => $"{t}.{name}");
                foreach (var value in t.Values)
                {
                    CheckName(value.Name, $"{t}.{value.Name}");
                }

                break;
            case InputObjectType t:
                RequireMembers(t, t.Fields.Count);
                CheckInputValues(t.Fields, name => $"{t}.{name}");
                CheckOneOf(t);
                break;
        }
    }

    private void RequireMembers(NamedType type, int count)
    {
        if (count == 0)
        {
            Report($"{type} is empty: a type must define at least one field, member or value.");
        }
    }

    private void CheckFields(FieldsType type)
    {
        RequireMembers(type, type.Fields.Count);
        foreach (var field in type.Fields)
        {
            CheckName(field.Name, $"{type}.{field.Name}");
            if (!field.Type.IsOutput)
            {
                Report($"The type of {type}.{field.Name} must be an output type, not {field.Type}.");
            }

            CheckInputValues(field.Arguments, name => $"{type}.{field.Name}({name}:)");
        }
    }

    private void CheckInputValues(IReadOnlyList<InputValue> values, Func<string, string> coordinate)
    {
        CheckUnique(values.Select(v => v.Name), coordinate);
        foreach (var value in values)
        {
            CheckName(value.Name, coordinate(value.Name));
            if (!value.Type.IsInput)
            {
                Report($"The type of {coordinate(value.Name)} must be an input type, not {value.Type}.");
                continue;
            }

            if (value.IsRequired && value.DeprecationReason is not null)
            {
                Report($"{coordinate(value.Name)} is required and so cannot be deprecated.");
            }

            if (value.DefaultValue is { } literal)
            {
                InputLiterals.Check(literal, value.Type, (_, message) => Report($"{coordinate(value.Name)} has an invalid default value. {message}"));
            }
        }
    }

    // 3.10: exactly one field is given, so none can be required or have a default.
    private void CheckOneOf(InputObjectType type)
    {
        if (!type.IsOneOf)
        {
            return;
        }

        foreach (var field in type.Fields)
        {
            if (field.Type is NonNullType)
            {
                Report($"{type}.{field.Name} must be nullable, because {type} is @oneOf.");
            }

            if (field.DefaultValue is not null)
            {
                Report($"{type}.{field.Name} cannot have a default value, because {type} is @oneOf.");
            }
        }
    }
}

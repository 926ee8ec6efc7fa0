using ClientPortal.GraphQL.Language;

namespace ClientPortal.GraphQL.Types;

/// <summary>Section 3.13 and 5.7: directives in a type system document are defined, stand where they may, as often as they may, with the arguments that they take.</summary>
internal static class DirectiveUses
{
    public static void Check(SdlDocument document)
    {
        CheckAll(document, document.SchemaParts.SelectMany(s => s.Directives), DirectiveLocations.Schema);
        foreach (var directive in document.Directives)
        {
            CheckInputs(document, directive.Arguments, DirectiveLocations.ArgumentDefinition);
        }

        foreach (var parts in document.PartsByName)
        {
            // A directive that may stand once may stand once on the definition and all its extensions together.
            foreach (var kind in parts.GroupBy(LocationOf))
            {
                CheckAll(document, kind.SelectMany(p => p.Directives), kind.Key);
            }

            foreach (var part in parts)
            {
                CheckMembers(document, part);
            }
        }
    }

    private static string LocationOf(TypeDefinitionNode part) => part switch
    {
        ScalarTypeNode => DirectiveLocations.Scalar,
        ObjectTypeNode => DirectiveLocations.Object,
        InterfaceTypeNode => DirectiveLocations.Interface,
        UnionTypeNode => DirectiveLocations.Union,
        EnumTypeNode => DirectiveLocations.Enum,
        _ => DirectiveLocations.InputObject,
    };

    private static void CheckMembers(SdlDocument document, TypeDefinitionNode part)
    {
        switch (part)
        {
            case FieldsTypeNode type:
                foreach (var field in type.Fields)
                {
                    CheckAll(document, field.Directives, DirectiveLocations.FieldDefinition);
                    CheckInputs(document, field.Arguments, DirectiveLocations.ArgumentDefinition);
                }

                break;
            case EnumTypeNode type:
                foreach (var value in type.Values)
                {
                    CheckAll(document, value.Directives, DirectiveLocations.EnumValue);
                }

                break;
            case InputObjectTypeNode type:
                CheckInputs(document, type.Fields, DirectiveLocations.InputFieldDefinition);
                break;
        }
    }

    private static void CheckInputs(SdlDocument document, IEnumerable<InputValueDefinitionNode> values, string location)
    {
        foreach (var value in values)
        {
            CheckAll(document, value.Directives, location);
            CheckObjectFields(document, value.DefaultValue);
        }
    }

    private static void CheckAll(SdlDocument document, IEnumerable<DirectiveNode> directives, string location)
    {
        HashSet<string>? seen = null;
        foreach (var directive in directives)
        {
            var name = directive.Name.Value;
            if (Signature.Of(document, name) is not { } signature)
            {
                document.Report(directive, $"Unknown directive \"@{name}\".");
                continue;
            }

            if (!signature.Locations.Contains(location))
            {
                document.Report(directive, $"Directive \"@{name}\" may not be used on {location}.");
            }

            if (!(seen ??= []).Add(name) && !signature.IsRepeatable)
            {
                document.Report(directive, $"Directive \"@{name}\" can only be used once at this place.");
            }

            CheckArguments(document, directive, signature);
        }
    }

    private static void CheckArguments(SdlDocument document, DirectiveNode directive, Signature signature)
    {
        var given = new HashSet<string>();
        foreach (var argument in directive.Arguments)
        {
            if (!given.Add(argument.Name.Value))
            {
                document.Report(argument, $"There can be only one argument named \"{argument.Name.Value}\".");
            }

            if (!signature.Arguments.ContainsKey(argument.Name.Value))
            {
                document.Report(argument, $"Unknown argument \"{argument.Name.Value}\" on directive \"@{directive.Name.Value}\".");
            }

            CheckObjectFields(document, argument.Value);
        }

        foreach (var (name, required) in signature.Arguments)
        {
            if (required && !given.Contains(name))
            {
                document.Report(directive, $"Argument \"@{directive.Name.Value}({name}:)\" is required, but it was not provided.");
            }
        }

        // The builder reads these; a wrong kind of value would be lost silently. No other directive means anything to it.
        if (BuiltIns.StringArgumentOf(directive.Name.Value) is { } text
            && directive.Arguments.FirstOrDefault(a => a.Name.Value == text) is { Value: not StringValueNode } wrong)
        {
            document.Report(wrong.Value, $"Argument \"@{directive.Name.Value}({text}:)\" must be a string.");
        }
    }

    // 5.6.3 holds for constants too.
    private static void CheckObjectFields(SdlDocument document, ValueNode? value)
    {
        switch (value)
        {
            case ListValueNode list:
                foreach (var item in list.Items)
                {
                    CheckObjectFields(document, item);
                }

                break;
            case ObjectValueNode obj:
                var seen = new HashSet<string>();
                foreach (var field in obj.Fields)
                {
                    if (!seen.Add(field.Name.Value))
                    {
                        document.Report(field, $"There can be only one input field named \"{field.Name.Value}\".");
                    }

                    CheckObjectFields(document, field.Value);
                }

                break;
        }
    }

    /// <summary>What matters of a directive here, whether defined in the document or built in.</summary>
    private sealed record Signature(IReadOnlyCollection<string> Locations, bool IsRepeatable, IReadOnlyDictionary<string, bool> Arguments)
    {
        public static Signature? Of(SdlDocument document, string name) =>
            document.DirectivesByName.TryGetValue(name, out var defined)
                ? new Signature(
                    [.. defined.Locations.Select(l => l.Value)],
                    defined.IsRepeatable,
                    defined.Arguments.DistinctBy(a => a.Name.Value).ToDictionary(a => a.Name.Value, a => a is { Type: NonNullTypeNode, DefaultValue: null }))
                : BuiltIns.Directives.TryGetValue(name, out var builtIn)
                    ? new Signature([.. builtIn.Locations], builtIn.IsRepeatable, builtIn.Arguments.ToDictionary(a => a.Name, a => a.IsRequired))
                    : null;
    }
}

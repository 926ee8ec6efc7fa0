using ClientPortal.GraphQL.Language;
using ClientPortal.GraphQL.Types;

namespace ClientPortal.GraphQL.Validation;

/// <summary>Whether a literal can be coerced to a type: 5.6.1 Values of Correct Type, 5.6.2 Input Object Field Names and 5.6.4 Input Object Required Fields. Variables are judged elsewhere, by their own types.</summary>
internal static class InputLiterals
{
    /// <summary>Tells <paramref name="report"/> every part of <paramref name="value"/> that does not fit.</summary>
    public static void Check(ValueNode value, GraphQLType type, Action<SyntaxNode, string> report)
    {
        switch (value)
        {
            case VariableNode:
                return;
            case NullValueNode:
                if (type is NonNullType)
                {
                    report(value, $"Expected a value of type {type}, found null.");
                }

                return;
        }

        switch (type.Nullable)
        {
            case ListType list when value is ListValueNode items:
                foreach (var item in items.Items)
                {
                    Check(item, list.Of, report);
                }

                break;
            case ListType list:
                // A single value stands for a list of one (3.12).
                Check(value, list.Of, report);
                break;
            case InputObjectType input when value is ObjectValueNode obj:
                CheckObject(obj, input, report);
                break;
            case EnumType e:
                if (value is not EnumValueNode name || e.Value(name.Name) is null)
                {
                    ReportWrong(value, e, report);
                }

                break;
            case ScalarType scalar:
                if (!scalar.TryParseLiteral(value, out _))
                {
                    ReportWrong(value, scalar, report);
                }

                break;
            case InputObjectType input:
                ReportWrong(value, input, report);
                break;
        }
    }

    private static void CheckObject(ObjectValueNode value, InputObjectType type, Action<SyntaxNode, string> report)
    {
        foreach (var definition in type.Fields)
        {
            if (definition.IsRequired && Find(value, definition.Name) is null)
            {
                report(value, $"Field \"{type}.{definition.Name}\" of required type {definition.Type} was not provided.");
            }
        }

        foreach (var field in value.Fields)
        {
            if (type.Field(field.Name.Value) is { } definition)
            {
                Check(field.Value, definition.Type, report);
            }
            else
            {
                report(field, $"Field \"{field.Name.Value}\" is not defined by type {type}.");
            }
        }

        if (type.IsOneOf && (value.Fields.Count != 1 || value.Fields[0].Value is NullValueNode))
        {
            report(value, $"Exactly one field of {type} must be given, and it must not be null.");
        }
    }

    private static ObjectFieldNode? Find(ObjectValueNode value, string name)
    {
        foreach (var field in value.Fields)
        {
            if (field.Name.Value == name)
            {
                return field;
            }
        }

        return null;
    }

    private static void ReportWrong(ValueNode value, NamedType type, Action<SyntaxNode, string> report) =>
        report(value, $"Expected a value of type {type}, found {Shorten(Printer.Print(value))}.");

    // An error must not send a long literal back.
    private static string Shorten(string text) => text.Length <= 60 ? text : $"{text[..60]}…";
}

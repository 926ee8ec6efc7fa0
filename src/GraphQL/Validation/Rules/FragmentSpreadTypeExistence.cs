using ClientPortal.GraphQL.Language;

namespace ClientPortal.GraphQL.Validation.Rules;

/// <summary>5.5.1.2 Fragment Spread Type Existence, and the same for the types of variables: a type that is named exists.</summary>
internal static class FragmentSpreadTypeExistence
{
    public static void Check(ValidationContext context, TypeNode type)
    {
        var node = type;
        while (node is not NamedTypeNode)
        {
            node = node is ListTypeNode list ? list.Of : ((NonNullTypeNode)node).Of;
        }

        var name = ((NamedTypeNode)node).Name;
        if (!context.Schema.Types.ContainsKey(name))
        {
            context.Report($"Unknown type \"{name}\".{context.Suggest(name, context.Schema.Types.Keys)}", node);
        }
    }
}

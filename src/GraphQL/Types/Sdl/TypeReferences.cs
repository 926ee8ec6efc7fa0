using ClientPortal.GraphQL.Language;

namespace ClientPortal.GraphQL.Types;

/// <summary>Every type that is named exists, and is of the kind that its place asks for.</summary>
internal static class TypeReferences
{
    public static void Check(SdlDocument document)
    {
        foreach (var root in document.SchemaParts.SelectMany(s => s.OperationTypes))
        {
            RequireKind<ObjectTypeNode>(document, root.Type, $"The {root.Kind} root type must be an object type, not {root.Type.Name}.");
        }

        if (!document.SchemaParts.Any(s => !s.IsExtension))
        {
            // 3.3.1: without a schema definition, these names are the root types.
            foreach (var name in Enum.GetNames<OperationKind>())
            {
                if (document.Definitions.TryGetValue(name, out var type) && type is not ObjectTypeNode)
                {
                    document.Report(type.Name, $"The {name} root type must be an object type.");
                }
            }
        }

        foreach (var directive in document.Directives)
        {
            Require(document, directive.Arguments);
        }

        foreach (var part in document.TypeParts)
        {
            CheckPart(document, part);
        }
    }

    private static void CheckPart(SdlDocument document, TypeDefinitionNode part)
    {
        switch (part)
        {
            case FieldsTypeNode type:
                foreach (var implemented in type.Interfaces)
                {
                    RequireKind<InterfaceTypeNode>(document, implemented, $"{type.Name.Value} can only implement interfaces, not {implemented.Name}.");
                }

                foreach (var field in type.Fields)
                {
                    Require(document, field.Type);
                    Require(document, field.Arguments);
                }

                break;
            case UnionTypeNode union:
                foreach (var member in union.Members)
                {
                    RequireKind<ObjectTypeNode>(document, member, $"Union {union.Name.Value} can only include object types, not {member.Name}.");
                }

                break;
            case InputObjectTypeNode input:
                Require(document, input.Fields);
                break;
        }
    }

    private static void Require(SdlDocument document, IEnumerable<InputValueDefinitionNode> values)
    {
        foreach (var value in values)
        {
            Require(document, value.Type);
        }
    }

    private static bool Require(SdlDocument document, TypeNode type)
    {
        var named = type;
        while (named is not NamedTypeNode)
        {
            named = named is ListTypeNode list ? list.Of : ((NonNullTypeNode)named).Of;
        }

        var name = ((NamedTypeNode)named).Name;
        var known = document.Definitions.ContainsKey(name) || BuiltIns.IsBuiltIn(name);
        if (!known)
        {
            document.Report(named, $"Unknown type \"{name}\".");
        }

        return known;
    }

    private static void RequireKind<T>(SdlDocument document, NamedTypeNode type, string message)
        where T : TypeDefinitionNode
    {
        if (Require(document, type) && document.Definitions.GetValueOrDefault(type.Name) is not T)
        {
            document.Report(type, message);
        }
    }
}

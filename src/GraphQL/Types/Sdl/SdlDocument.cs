using ClientPortal.GraphQL.Language;

namespace ClientPortal.GraphQL.Types;

/// <summary>The definitions of a type system document, sorted for the rules and the builder, with the errors found so far.</summary>
internal sealed class SdlDocument
{
    private readonly DocumentNode _document;
    private readonly List<GraphQLError> _errors = [];

    public SdlDocument(DocumentNode document)
    {
        _document = document;

        // Executable definitions may stand beside the type system in one document; they are no part of it.
        var definitions = document.Definitions.OfType<TypeSystemNode>().ToArray();
        SchemaParts = [.. definitions.OfType<SchemaDefinitionNode>()];
        Directives = [.. definitions.OfType<DirectiveDefinitionNode>()];
        TypeParts = [.. definitions.OfType<TypeDefinitionNode>()];
        foreach (var part in TypeParts)
        {
            if (!part.IsExtension)
            {
                Definitions.TryAdd(part.Name.Value, part);
            }
        }

        PartsByName = TypeParts.OrderBy(p => p.IsExtension).ToLookup(p => p.Name.Value);
        DirectivesByName = Directives.DistinctBy(d => d.Name.Value).ToDictionary(d => d.Name.Value);
    }

    public IReadOnlyList<SchemaDefinitionNode> SchemaParts { get; }

    public IReadOnlyList<DirectiveDefinitionNode> Directives { get; }

    /// <summary>Type definitions and extensions in document order.</summary>
    public IReadOnlyList<TypeDefinitionNode> TypeParts { get; }

    /// <summary>The first definition of each type.</summary>
    public Dictionary<string, TypeDefinitionNode> Definitions { get; } = [];

    /// <summary>The definition and then the extensions of each type, wherever they stand.</summary>
    public ILookup<string, TypeDefinitionNode> PartsByName { get; }

    public IReadOnlyDictionary<string, DirectiveDefinitionNode> DirectivesByName { get; }

    public void Report(SyntaxNode node, string message) =>
        _errors.Add(new GraphQLError(message) { Locations = [_document.LocationOf(node)] });

    public void ThrowIfInvalid()
    {
        if (_errors.Count > 0)
        {
            throw new SchemaException(_errors);
        }
    }
}

namespace ClientPortal.GraphQL;

/// <summary>Settings of the engine. The defaults suit production.</summary>
public sealed class GraphQLOptions
{
    /// <summary>Whether the schema may be asked for (<c>__schema</c>, <c>__type</c>). Off by default: switch it on in development.</summary>
    public bool Introspection { get; set; }

    /// <summary>How long a request may run before its resolvers are cancelled; 30 seconds by default.</summary>
    public TimeSpan ExecutionTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Memory for parsed, validated and planned documents, in bytes of document text; 8 MB by default.</summary>
    public long DocumentCacheBytes { get; set; } = 8 * 1024 * 1024;

    /// <summary>The rule of <c>node</c> and <c>nodes</c>; anyone by default, because the node resolvers themselves find only what the caller may see.</summary>
    public AuthorizeAttribute NodeRule { get; set; } = new AllowAnonymousAttribute();

    /// <summary>How many ids <c>nodes</c> takes; 100 by default.</summary>
    public int MaxNodes { get; set; } = 100;

    /// <summary>Bounds on documents.</summary>
    public Language.ParserOptions Parser { get; set; } = Language.ParserOptions.Default;

    /// <summary>Limits on what one operation may ask for, and how errors are told.</summary>
    public Validation.ValidationOptions Validation { get; set; } = new();
}

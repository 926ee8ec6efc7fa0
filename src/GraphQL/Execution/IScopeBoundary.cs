namespace ClientPortal.GraphQL;

/// <summary>An object beneath which another scope holds, e.g. another viewer's database rights. <see cref="ScopedStateAttribute"/> parameters, loaders and batches below it use that scope.</summary>
public interface IScopeBoundary
{
    /// <summary>The scope of everything beneath.</summary>
    object Scope { get; }
}

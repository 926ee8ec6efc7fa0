namespace ClientPortal.GraphQL;

/// <summary>
/// An authorization rule. Every root field carries exactly one; other fields may carry one.
/// It is checked before arguments become objects, before the resolver runs, and before a subscription's stream opens.
/// </summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Property)]
public abstract class AuthorizeAttribute : Attribute
{
    /// <summary>Checks the caller.</summary>
    /// <param name="context">The field and the request.</param>
    /// <returns>Null to let the caller through; otherwise the reason, which becomes a typed error of a mutation's payload or an error with its code.</returns>
    public abstract ValueTask<UserError?> CheckAsync(ResolverContext context);

    /// <summary>The error that <see cref="CheckAsync"/> refuses with; it joins a mutation's error union. Null when the rule never refuses.</summary>
    public abstract Type? ErrorType { get; }
}

/// <summary>Anyone may ask, signed in or not.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Property)]
public sealed class AllowAnonymousAttribute : AuthorizeAttribute
{
    /// <inheritdoc/>
    public override Type? ErrorType => null;

    /// <inheritdoc/>
    public override ValueTask<UserError?> CheckAsync(ResolverContext context) => default;
}

using ClientPortal.GraphQL;
using ClientPortal.Platform.Errors;

namespace ClientPortal.Platform.Asking;

/// <summary>Anyone who is signed in.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Property)]
public sealed class SignedInAttribute : AuthorizeAttribute
{
    /// <inheritdoc/>
    public override Type ErrorType => typeof(ForbiddenError);

    /// <inheritdoc/>
    public override ValueTask<UserError?> CheckAsync(ResolverContext context) =>
        new(context.Request.Get<Asker>() is null ? ForbiddenError.NotSignedIn : null);
}

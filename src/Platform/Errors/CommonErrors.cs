using ClientPortal.GraphQL;

namespace ClientPortal.Platform.Errors;

/// <summary>What is named does not exist, or may not be seen: the two look exactly alike.</summary>
public sealed record NotFoundError(string Message = "There is no such record. Check the id, or look it up again.") : UserError(Message, "NOT_FOUND")
{
    /// <summary>For a field that has no payload to say it in, as a subscription's.</summary>
    public GraphQLException ToException() => new(Message, Code);
}

/// <summary>The caller is not signed in, or may not do this.</summary>
public sealed record ForbiddenError(string Message, string Code) : UserError(Message, Code)
{
    /// <summary>Nobody is signed in.</summary>
    public static ForbiddenError NotSignedIn { get; } = new("Sign in first.", "UNAUTHENTICATED");

    /// <summary>Signed in, but not allowed.</summary>
    public static ForbiddenError NotAllowed { get; } = new("You may not do this. Ask a colleague who manages permissions.", "FORBIDDEN");
}

/// <summary>An input value is not acceptable.</summary>
/// <param name="Message">What is wrong with it and what is expected.</param>
/// <param name="Field">Path of the input field, e.g. input.email.</param>
public sealed record ValidationError(string Message, string Field) : UserError(Message, "VALIDATION");

/// <summary>The record is not in a state in which this can be done.</summary>
public sealed record ConflictError(string Message, string Code = "CONFLICT") : UserError(Message, Code);

/// <summary>The address or the password is wrong, or there were too many attempts.</summary>
/// <param name="Message">What to do next.</param>
/// <param name="RetryAt">When to try again; null when that is not told.</param>
public sealed record InvalidCredentialsError(string Message, DateTimeOffset? RetryAt = null) : UserError(Message, "INVALID_CREDENTIALS");

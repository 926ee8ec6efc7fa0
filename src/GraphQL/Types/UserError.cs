namespace ClientPortal.GraphQL;

/// <summary>An expected error, typed in the schema as an implementation of <c>Error</c>. Further public properties of a subclass are further fields.</summary>
/// <param name="Message">What is wrong and what to do next.</param>
/// <param name="Code">Stable, upper snake case, e.g. THROTTLED.</param>
public abstract record UserError(string Message, string Code);

namespace ClientPortal.GraphQL;

/// <summary>The object whose field is resolved; or, as <c>IReadOnlyList&lt;T&gt;</c>, all sibling objects at once: a batch resolver, which returns a list that matches them by index.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ParentAttribute : Attribute;

/// <summary>The id (Guid) of the object whose field is resolved; or, as <c>IReadOnlyList&lt;Guid&gt;</c>, of all siblings at once: a batch resolver. Lets a module extend a type of which it knows nothing but the id.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ParentIdAttribute : Attribute;

/// <summary>The nearest scope above the field that is of the parameter's type; see <see cref="IScopeBoundary"/>.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ScopedStateAttribute : Attribute;

/// <summary>A value that the host set for the request with <see cref="GraphQLRequestContext.Set{T}"/>, by the parameter's type.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class GlobalStateAttribute : Attribute;

/// <summary>The event of a subscription's stream.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class EventMessageAttribute : Attribute;

/// <summary>A service of the request's scope. Needed only where the parameter's type could also be an input.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ServiceAttribute : Attribute;

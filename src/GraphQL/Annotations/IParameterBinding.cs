using System.Reflection;

namespace ClientPortal.GraphQL;

/// <summary>Teaches the engine to fill parameters of further kinds, e.g. a database context for the field's scope. Register it in the container.</summary>
public interface IParameterBinding
{
    /// <summary>Called once per resolver parameter at start-up.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <returns>Null when it is none of this binding's; otherwise what makes the value, called once per resolver call.</returns>
    Func<ResolverContext, BoundParameter>? Bind(ParameterInfo parameter);
}

/// <summary>A parameter's value and what to dispose of when the resolver is done.</summary>
/// <param name="Value">The value.</param>
/// <param name="Disposable">Disposed of when the resolver has completed; null when there is nothing to dispose of.</param>
public readonly record struct BoundParameter(object? Value, IAsyncDisposable? Disposable = null);

using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace ClientPortal.GraphQL;

/// <summary>Sets up each operation: who is asking, and the root scope. Registered by the host as a singleton; without one, every request is anonymous.</summary>
public interface IGraphQLRequestInitializer
{
    /// <summary>Called before each operation, over whichever transport.</summary>
    /// <param name="http">The HTTP request; for a socket, the one that opened it.</param>
    /// <param name="connectionInit">The payload of a socket's <c>connection_init</c>, of which all text is Unicode; undefined elsewhere.</param>
    /// <param name="context">What to fill: root scope and global state.</param>
    /// <param name="cancellationToken">Cancelled when the client has gone.</param>
    /// <returns>False to refuse: 401, or close code 4403 on a socket.</returns>
    ValueTask<bool> InitializeAsync(HttpContext http, JsonElement connectionInit, GraphQLRequestContext context, CancellationToken cancellationToken);

    /// <summary>
    /// Called when a query was executed with <see cref="GraphQLRequestContext.MayRunAgain"/>, before anything of its result is sent:
    /// whether what <see cref="InitializeAsync"/> took for granted was so. If not, the result is thrown away, and the query is
    /// initialised and executed once more, with a new context that may not run again.
    /// </summary>
    /// <param name="context">The context.</param>
    /// <param name="cancellationToken">Cancelled when the client has gone.</param>
    ValueTask<bool> HoldsAsync(GraphQLRequestContext context, CancellationToken cancellationToken) => ValueTask.FromResult(true);

    /// <summary>Ends when whoever opened a socket may stay no longer: its operations are completed then, and it is closed with 4403. Called before the first <see cref="InitializeAsync"/> of the socket, so that nothing is missed in between. By default it never ends.</summary>
    /// <param name="http">The request that opened the socket.</param>
    /// <param name="connectionInit">The payload of its <c>connection_init</c>.</param>
    /// <param name="cancellationToken">Cancelled when the socket closes for another reason.</param>
    Task WaitUntilRefusedAsync(HttpContext http, JsonElement connectionInit, CancellationToken cancellationToken) => Task.Delay(Timeout.Infinite, cancellationToken);
}

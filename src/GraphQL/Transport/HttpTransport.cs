using System.Buffers;
using ClientPortal.GraphQL.Execution;
using ClientPortal.GraphQL.Language;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace ClientPortal.GraphQL.Transport;

/// <summary>GraphQL over HTTP (working draft): POST with JSON, GET for queries, the answer's media type negotiated.</summary>
internal sealed class HttpTransport(RequestExecutor executor, GraphQLOptions options, IGraphQLRequestInitializer? initializer)
{
    public async Task HandleAsync(HttpContext http)
    {
        var isGet = HttpMethods.IsGet(http.Request.Method);
        if (isGet)
        {
            http.Response.Headers.Append(HeaderNames.Vary, HeaderNames.Accept); // for caches, which keep nothing of a POST
        }

        if (!isGet && !HttpMethods.IsPost(http.Request.Method))
        {
            http.Response.Headers.Allow = "GET, POST";
            await RefuseAsync(http, MediaType.Json, StatusCodes.Status405MethodNotAllowed, "Use POST, or GET for queries.");
            return;
        }

        if (MediaTypes.Negotiate(http.Request.Headers.Accept) is not { } mediaType)
        {
            await RefuseAsync(http, MediaType.Json, StatusCodes.Status406NotAcceptable, "Accept application/graphql-response+json, application/json or text/event-stream.");
            return;
        }

        if (options.PreflightRequired(http) && IsSimple(http.Request) && !http.Request.Headers.ContainsKey("GraphQL-Preflight"))
        {
            // What a page of another origin can send without being asked for leave (CSRF).
            await RefuseAsync(http, mediaType, StatusCodes.Status400BadRequest, "Send the header GraphQL-Preflight with this request.");
            return;
        }

        try
        {
            using var read = isGet ? HttpRequestReader.FromQuery(http.Request.Query) : await HttpRequestReader.FromBodyAsync(http.Request, options.MaxRequestBytes, http.RequestAborted);
            await AnswerAsync(http, read.Request, mediaType, isGet);
        }
        catch (BadGraphQLRequestException bad)
        {
            await RefuseAsync(http, mediaType, bad.StatusCode, bad.Message);
        }
        catch (BadHttpRequestException bad)
        {
            // The server's own: the body broke off, or came too slowly.
            await RefuseAsync(http, mediaType, bad.StatusCode, bad.Message);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to be told.
        }
#pragma warning disable CA1031 // The caller gets an id, the log the exception, as with any field.
        catch (Exception exception) when (!http.Response.HasStarted)
#pragma warning restore CA1031
        {
            await WriteAsync(http, new GraphQLResult(executor.Report(exception)), mediaType == MediaType.EventStream ? MediaType.Json : mediaType, StatusCodes.Status500InternalServerError);
        }
    }

    private async Task AnswerAsync(HttpContext http, GraphQLRequest request, MediaType mediaType, bool isGet)
    {
        var prepared = executor.Prepare(request);
        if (isGet && prepared.Operation is { Kind: not OperationKind.Query } && (prepared.Operation.Kind == OperationKind.Mutation || mediaType != MediaType.EventStream))
        {
            http.Response.Headers.Allow = "POST";
            await RefuseAsync(http, mediaType, StatusCodes.Status405MethodNotAllowed, "Only queries may be sent with GET.");
            return;
        }

        var context = GraphQLRequestContext.Of(http, mayRunAgain: prepared.Operation is { Kind: OperationKind.Query });
        var result = await ExecuteAsync(http, prepared, request, context);
        if (result is not null && context.MayRunAgain && initializer is not null && !await initializer.HoldsAsync(context, http.RequestAborted))
        {
            result = await ExecuteAsync(http, prepared, request, GraphQLRequestContext.Of(http, mayRunAgain: false));
        }

        if (result is null)
        {
            await RefuseAsync(http, mediaType, StatusCodes.Status401Unauthorized, "Not signed in, or not any more.", "UNAUTHENTICATED");
            return;
        }

        if (mediaType == MediaType.EventStream)
        {
            await ServerSentEvents.WriteAsync(http, result, options);
            return;
        }

        if (result.Events is not null)
        {
            await RefuseAsync(http, mediaType, StatusCodes.Status400BadRequest, "A subscription needs Accept: text/event-stream, or a WebSocket.");
            return;
        }

        // 400 when nothing was executed; with application/json a well-formed request is always answered with 200.
        var status = result.IsExecuted || mediaType == MediaType.Json ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest;
        await WriteAsync(http, result, mediaType, status);
    }

    // Null: refused.
    private async ValueTask<GraphQLResult?> ExecuteAsync(HttpContext http, PreparedRequest prepared, GraphQLRequest request, GraphQLRequestContext context)
    {
        if (initializer is not null && !await initializer.InitializeAsync(http, default, context, http.RequestAborted))
        {
            return null;
        }

        return prepared.Errors.Count > 0
            ? new GraphQLResult(prepared.Errors)
            : await executor.ExecuteAsync(prepared, request, context, http.RequestAborted);
    }

    private static bool IsSimple(HttpRequest request) => HttpMethods.IsGet(request.Method) || !MediaTypes.IsJson(request.ContentType);

    private static Task RefuseAsync(HttpContext http, MediaType mediaType, int status, string message, string code = ExecutionCodes.BadRequest) =>
        WriteAsync(http, new GraphQLResult(new GraphQLError(message) { Code = code }), mediaType == MediaType.EventStream ? MediaType.Json : mediaType, status);

    private static Task WriteAsync(HttpContext http, GraphQLResult result, MediaType mediaType, int status)
    {
        if (result.IsUnavailable)
        {
            status = StatusCodes.Status503ServiceUnavailable;
            http.Response.Headers.RetryAfter = "1";
        }

        http.Response.StatusCode = status;
        http.Response.ContentType = MediaTypes.ContentType(mediaType);
        var json = JsonOutput.Rent();
        result.Write(json);
        http.Response.ContentLength = json.Written.Length; // known at once: the server sends head and body together at the request's end
        http.Response.BodyWriter.Write(json.Written);
        json.Return();
        return Task.CompletedTask;
    }
}

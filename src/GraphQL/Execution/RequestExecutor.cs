using System.Diagnostics;
using System.Text.Json;
using ClientPortal.GraphQL.Execution;
using ClientPortal.GraphQL.Language;
using ClientPortal.GraphQL.Subscriptions;
using ClientPortal.GraphQL.Types;
using ClientPortal.GraphQL.Validation;
using ClientPortal.GraphQL.Validation.Limits;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ClientPortal.GraphQL;

/// <summary>Runs requests against the schema, without any transport. One for the whole host; safe for any number of threads.</summary>
public sealed class RequestExecutor
{
    private readonly GraphQLOptions _options;
    private readonly DocumentCache _cache;
    private readonly ErrorReporter _reporter;

    internal RequestExecutor(Schema schema, IOptions<GraphQLOptions> options, ILogger<ErrorReporter> logger)
    {
        Schema = schema;
        _options = options.Value;
        _cache = new DocumentCache(_options.DocumentCacheBytes);
        _reporter = new ErrorReporter(_options.Unavailable, logger);
    }

    /// <summary>The schema.</summary>
    public Schema Schema { get; }

    /// <summary>Parses, validates, plans (or finds all that in the cache) and runs a request.</summary>
    /// <param name="request">What to run.</param>
    /// <param name="context">Who asks, and with which services.</param>
    /// <param name="cancellationToken">Cancelled when the client has gone.</param>
    /// <returns>The response; for a subscription, <see cref="GraphQLResult.Events"/>.</returns>
    public ValueTask<GraphQLResult> ExecuteAsync(GraphQLRequest request, GraphQLRequestContext context, CancellationToken cancellationToken)
    {
        var prepared = Prepare(request);
        return prepared.Errors.Count > 0
            ? ValueTask.FromResult(new GraphQLResult(prepared.Errors))
            : ExecuteAsync(prepared, request, context, cancellationToken);
    }

    /// <summary>What a transport needs to know before anything runs: the errors, or the operation.</summary>
    internal PreparedRequest Prepare(GraphQLRequest request)
    {
        var (text, refusal) = TextOf(request);
        if (refusal is not null)
        {
            return refusal;
        }

        var document = _cache.Find(text) ?? Read(text);
        if (document.Errors.Count > 0)
        {
            return new PreparedRequest(document, null, document.Errors);
        }

        if (document.Operation(request.OperationName) is not { } operation)
        {
            return Refused(
                request.OperationName is { } name ? $"Unknown operation named \"{name}\"." : "Must provide operation name if query contains multiple operations.",
                ExecutionCodes.OperationNotFound);
        }

        return Schema.Root(operation.Kind) is null
            ? Refused($"Schema is not configured to execute {OperationName(operation)} operation.", ExecutionCodes.OperationNotFound)
            : new PreparedRequest(document, operation, []);
    }

    /// <summary>Masks and logs an exception outside of any field.</summary>
    internal GraphQLError Report(Exception exception) => _reporter.Report(exception);

    internal async ValueTask<GraphQLResult> ExecuteAsync(PreparedRequest prepared, GraphQLRequest request, GraphQLRequestContext context, CancellationToken cancellationToken)
    {
        var operation = prepared.Operation!;
        var document = prepared.Document!;
        using var activity = Telemetry.Start(operation);
        var started = Stopwatch.GetTimestamp();
        var errors = new List<GraphQLError>();
        var variables = VariableCoercion.Coerce(Schema, document.Document!, operation, request.Variables, errors);
        if (errors.Count > 0)
        {
            return new GraphQLResult(errors);
        }

        if (document.CostDependsOnVariables && _options.Validation.Limits is { } limits
            && QueryLimits.CheckCost(Schema, document.Document!, operation, name => PageVariables.SizeOf(variables.GetValueOrDefault(name)), limits) is { } tooMuch)
        {
            return new GraphQLResult(tooMuch);
        }

        var plan = document.Plan(Schema, operation, Schema.Root(operation.Kind)!, variables);
        OperationExecution Execution(object? @event, TimeSpan timeout, bool atOnce) => new(Schema, plan, document.Document!, variables, context, _reporter, timeout, cancellationToken)
        {
            Event = @event,
            MayIntrospect = _options.Introspection,
            DispatchesAtOnce = atOnce,
        };

        if (operation.Kind == OperationKind.Subscription)
        {
            var opening = Execution(null, Timeout.InfiniteTimeSpan, atOnce: true);
            var events = await opening.OpenSourceAsync();
            if (events is not null)
            {
                return new GraphQLResult(new ResponseStream(opening, events, request.Variables.ValueKind == JsonValueKind.Object ? request.Variables.GetRawText() : "", e => Execution(e, _options.ExecutionTimeout, atOnce: false), execution => RunAsync(execution, document), _reporter));
            }

            opening.Dispose();
            return new GraphQLResult(opening.Errors);
        }

        using var execution = Execution(null, _options.ExecutionTimeout, atOnce: false);
        var result = await RunAsync(execution, document);
        Telemetry.Finish(activity, operation, started, result);
        return result;
    }

    private async ValueTask<GraphQLResult> RunAsync(OperationExecution execution, CachedDocument document)
    {
        try
        {
            var data = await execution.RunAsync();
            return new GraphQLResult(data, execution.Errors);
        }
        catch (OperationCanceledException) when (execution.IsTimedOut)
        {
            return new GraphQLResult(null, [new GraphQLError("The request took too long and was given up. Ask for less at once.") { Code = ExecutionCodes.Timeout }]);
        }
        finally
        {
            _cache.Weigh(document);
        }
    }

    /// <summary>The document's text: as sent, or by its hash.</summary>
    private (string Text, PreparedRequest? Refusal) TextOf(GraphQLRequest request)
    {
        if (request.DocumentId is { } hash)
        {
            if (!string.IsNullOrEmpty(request.Query) && TrustedDocuments.HashOf(request.Query) != hash)
            {
                return ("", Refused("The hash is not that of the query.", ExecutionCodes.BadRequest));
            }

            if (_options.TrustedDocuments?.Find(hash) is { } known)
            {
                return (known, null);
            }

            if (string.IsNullOrEmpty(request.Query)) // as socket clients send it: their protocol wants a text
            {
                return ("", Refused("There is no document with that hash.", ExecutionCodes.UnknownDocument));
            }
        }

        return string.IsNullOrEmpty(request.Query)
            ? ("", Refused("The request has no query.", ExecutionCodes.BadRequest))
            : _options.OnlyTrustedDocuments && _options.TrustedDocuments?.Contains(request.Query) != true
                ? ("", Refused("Only documents that the server knows are run.", ExecutionCodes.UntrustedDocument))
                : (request.Query, null);
    }

    private CachedDocument Read(string text)
    {
        CachedDocument document;
        try
        {
            var parsed = Parser.Parse(Source.From(text), _options.Parser);
            var errors = Validator.Validate(Schema, parsed, _options.Validation);
            document = new CachedDocument(text, errors.Count == 0 ? parsed : null, errors); // nobody looks at a refused one's tree
        }
        catch (SyntaxException invalid)
        {
            document = new CachedDocument(text, null, [invalid.ToError()]);
        }

        _cache.Add(document);
        return document;
    }

    private static PreparedRequest Refused(string message, string code) => new(null, null, [new GraphQLError(message) { Code = code }]);

    private static string OperationName(OperationNode operation) => operation.Kind switch
    {
        OperationKind.Query => "query",
        OperationKind.Mutation => "mutation",
        _ => "subscription",
    };
}

/// <summary>A request whose document was read: the errors that refuse it, or what to run.</summary>
internal sealed record PreparedRequest(CachedDocument? Document, OperationNode? Operation, IReadOnlyList<GraphQLError> Errors);

using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace ClientPortal.GraphQL.Transport;

/// <summary>A request that is not one of GraphQL over HTTP.</summary>
internal sealed class BadGraphQLRequestException(string message, int statusCode = StatusCodes.Status400BadRequest) : Exception(message)
{
    public int StatusCode { get; } = statusCode;
}

/// <summary>A request and the JSON that its variables live in.</summary>
internal sealed record ReadRequest(GraphQLRequest Request, JsonDocument? Json) : IDisposable
{
    public void Dispose() => Json?.Dispose();
}

/// <summary>Reads requests from bodies, query strings and messages.</summary>
internal static class HttpRequestReader
{
    // A member given twice is one that two readers understand differently (RFC 8259, section 4).
    private static readonly JsonDocumentOptions JsonOptions = new() { MaxDepth = 64, AllowDuplicateProperties = false };

    public static async ValueTask<ReadRequest> FromBodyAsync(HttpRequest request, int maxBytes, CancellationToken cancellationToken)
    {
        if (!MediaTypes.IsJson(request.ContentType))
        {
            throw new BadGraphQLRequestException("The body must be application/json in UTF-8.", StatusCodes.Status415UnsupportedMediaType);
        }

        if (request.Headers.ContentEncoding is { Count: > 0 } coding && !coding.ToString().Equals("identity", StringComparison.OrdinalIgnoreCase))
        {
            // RFC 9110, section 15.5.16. Unpacked, a small body could be of any size.
            throw new BadGraphQLRequestException("Send the body as it is, without Content-Encoding.", StatusCodes.Status415UnsupportedMediaType);
        }

        if (request.ContentLength > maxBytes)
        {
            throw TooLarge(maxBytes);
        }

        var reader = request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken);
            if (read.Buffer.Length > maxBytes)
            {
                reader.AdvanceTo(read.Buffer.End);
                throw TooLarge(maxBytes);
            }

            if (read.IsCompleted)
            {
                return Parse(reader, read.Buffer);
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    public static ReadRequest FromQuery(IQueryCollection query)
    {
        var json = (Text: query["variables"].ToString(), Extensions: query["extensions"].ToString());
        var variables = Object(json.Text, "variables");
        using var extensions = Object(json.Extensions, "extensions");
        if (query["query"].Count > 1)
        {
            throw new BadGraphQLRequestException("There is more than one query.");
        }

        var request = new GraphQLRequest(
            NullIfEmpty(query["query"].ToString()),
            NullIfEmpty(query["operationName"].ToString()),
            variables?.RootElement ?? default,
            NullIfEmpty(query["documentId"].ToString()) ?? (extensions is null ? null : PersistedQuery(extensions.RootElement)));
        return new ReadRequest(CheckDocument(request), variables);
    }

    /// <summary>Reads the members of a request; also of a socket's <c>subscribe</c> payload.</summary>
    public static GraphQLRequest FromJson(JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.Array)
        {
            throw new BadGraphQLRequestException("Batches are not taken: send one request at a time.");
        }

        if (json.ValueKind != JsonValueKind.Object)
        {
            throw new BadGraphQLRequestException("The body must be a JSON object.");
        }

        var variables = Member(json, "variables", JsonValueKind.Object, "an object");
        var extensions = Member(json, "extensions", JsonValueKind.Object, "an object");
        return CheckDocument(new GraphQLRequest(
            Text(json, "query"),
            Text(json, "operationName"),
            variables,
            Text(json, "documentId") ?? (extensions.ValueKind == JsonValueKind.Object ? PersistedQuery(extensions) : null)));
    }

    private static ReadRequest Parse(PipeReader reader, ReadOnlySequence<byte> body)
    {
        JsonDocument? json = null;
        try
        {
            // A copy: the document reads from the memory that it was given, and the pipe's goes to another request from AdvanceTo on.
            json = Json(body.ToArray());
            return new ReadRequest(FromJson(json.RootElement), json);
        }
        catch (Exception invalid) when (invalid is JsonException or BadGraphQLRequestException)
        {
            json?.Dispose();
            throw invalid as BadGraphQLRequestException ?? new BadGraphQLRequestException("The body is not valid JSON.");
        }
        finally
        {
            reader.AdvanceTo(body.End);
        }
    }

    private static GraphQLRequest CheckDocument(GraphQLRequest request) => request.Query is null && request.DocumentId is null
        ? throw new BadGraphQLRequestException("The request has no query.")
        : request;

    // Apollo's automatic persisted queries name the hash so; the draft's own name is documentId.
    private static string? PersistedQuery(JsonElement extensions) =>
        extensions.TryGetProperty("persistedQuery", out var persisted) && persisted.ValueKind == JsonValueKind.Object ? Text(persisted, "sha256Hash") : null;

    private static string? Text(JsonElement json, string name)
    {
        var member = Member(json, name, JsonValueKind.String, "a string");
        return member.ValueKind == JsonValueKind.String ? Unicode(member) ?? throw new BadGraphQLRequestException($"The member {name} is not Unicode.") : null;
    }

    /// <summary>Reads whatever comes from outside.</summary>
    /// <exception cref="JsonException">It is no JSON, or not of a kind that every reader understands alike.</exception>
    public static JsonDocument Json(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            return JsonDocument.Parse(utf8, JsonOptions);
        }
        catch (InvalidOperationException half)
        {
            throw new JsonException("A member's name holds half of a surrogate pair.", half);
        }
    }

    /// <summary>A string's text; null when it holds half of a surrogate pair, which JSON can spell.</summary>
    public static string? Unicode(JsonElement text)
    {
        try
        {
            return text.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Whether all text in it can be read; its members' names were, by <see cref="Json"/>.</summary>
    public static bool IsUnicode(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().All(m => IsUnicode(m.Value)),
        JsonValueKind.Array => json.EnumerateArray().All(IsUnicode),
        JsonValueKind.String => Unicode(json) is not null,
        _ => true,
    };

    private static JsonElement Member(JsonElement json, string name, JsonValueKind kind, string kindName) =>
        !json.TryGetProperty(name, out var member) || member.ValueKind == JsonValueKind.Null ? default
        : member.ValueKind == kind ? member
        : throw new BadGraphQLRequestException($"The member {name} must be {kindName}.");

    private static JsonDocument? Object(string text, string name)
    {
        if (text.Length == 0 || text == "null")
        {
            return null;
        }

        try
        {
            var json = Json(Encoding.UTF8.GetBytes(text));
            return json.RootElement.ValueKind == JsonValueKind.Object ? json : throw new BadGraphQLRequestException($"The parameter {name} must be a JSON object.");
        }
        catch (JsonException)
        {
            throw new BadGraphQLRequestException($"The parameter {name} is not valid JSON.");
        }
    }

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;

    private static BadGraphQLRequestException TooLarge(int maxBytes) => new($"The body has more than {maxBytes} bytes.", StatusCodes.Status413PayloadTooLarge);
}

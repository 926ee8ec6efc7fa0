using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace ClientPortal.GraphQL.Transport;

internal enum MediaType
{
    /// <summary>application/json, as servers answered before there was a media type of GraphQL's own.</summary>
    Json,

    /// <summary>application/graphql-response+json.</summary>
    GraphQLResponse,

    /// <summary>text/event-stream.</summary>
    EventStream,
}

/// <summary>The media types of requests and answers.</summary>
internal static class MediaTypes
{
    private static readonly (string Name, MediaType Type)[] Offered =
    [
        ("application/json", MediaType.Json),
        ("application/graphql-response+json", MediaType.GraphQLResponse),
        ("text/event-stream", MediaType.EventStream),
    ];

    public static string ContentType(MediaType type) => type switch
    {
        MediaType.GraphQLResponse => "application/graphql-response+json; charset=utf-8",
        MediaType.EventStream => "text/event-stream; charset=utf-8",
        _ => "application/json; charset=utf-8",
    };

    /// <summary>The best of what the client accepts; null when there is none. A client that does not say, or takes anything, gets application/json: older ones know no other.</summary>
    public static MediaType? Negotiate(StringValues accept)
    {
        if (accept.Count == 0 || accept is [null or ""])
        {
            return MediaType.Json;
        }

        // The common cases without parsing.
        if (accept is [var only] && Array.Find(Offered, o => o.Name == only) is { Name: not null } exact)
        {
            return exact.Type;
        }

        if (!MediaTypeHeaderValue.TryParseList(accept, out var ranges))
        {
            return null;
        }

        // Of the ranges that take a media type the most specific one says how much it is wanted (RFC 9110, section 12.5.1); of those
        // wanted as much, the first named.
        return Offered
            .Select(offered => (offered.Type, Range: ranges
                .Select((range, index) => (range, index))
                .Where(r => Takes(r.range, offered.Name))
                .OrderBy(r => r.range.MatchesAllTypes ? 2 : r.range.MatchesAllSubTypes ? 1 : 0)
                .ThenByDescending(r => r.range.Quality ?? 1)
                .FirstOrDefault()))
            .Where(choice => choice.Range.range is { } range && (range.Quality ?? 1) > 0)
            .OrderByDescending(choice => choice.Range.range.Quality ?? 1)
            .ThenBy(choice => choice.Range.index)
            .Select(choice => (MediaType?)choice.Type)
            .FirstOrDefault();
    }

    private static bool Takes(MediaTypeHeaderValue range, string mediaType) =>
        IsUtf8(range)
        && (range.MatchesAllTypes
            || range.MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase)
            || (range.MatchesAllSubTypes && mediaType.StartsWith($"{range.Type}/", StringComparison.OrdinalIgnoreCase)));

    /// <summary>Whether a request's body says that it is JSON in UTF-8.</summary>
    public static bool IsJson(string? contentType) =>
        contentType == "application/json"
        || (MediaTypeHeaderValue.TryParse(contentType, out var type)
            && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            && IsUtf8(type));

    private static bool IsUtf8(MediaTypeHeaderValue type) =>
        !type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase);
}

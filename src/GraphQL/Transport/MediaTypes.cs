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
        ("application/graphql-response+json", MediaType.GraphQLResponse),
        ("application/json", MediaType.Json),
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

        foreach (var range in ranges.OrderByDescending(r => r.Quality ?? 1).Where(r => (r.Quality ?? 1) > 0))
        {
            if (range.Charset.HasValue && !range.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            if (range.MatchesAllTypes || (range.MatchesAllSubTypes && range.Type.Equals("application", StringComparison.OrdinalIgnoreCase)))
            {
                return MediaType.Json;
            }

            foreach (var offered in Offered)
            {
                if (range.MediaType.Equals(offered.Name, StringComparison.OrdinalIgnoreCase))
                {
                    return offered.Type;
                }
            }
        }

        return null;
    }

    /// <summary>Whether a request's body says that it is JSON in UTF-8.</summary>
    public static bool IsJson(string? contentType) =>
        contentType == "application/json"
        || (MediaTypeHeaderValue.TryParse(contentType, out var type)
            && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            && (!type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase)));
}

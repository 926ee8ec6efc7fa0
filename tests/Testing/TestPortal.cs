using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using ClientPortal.Host;
using Xunit;

namespace ClientPortal.Testing;

/// <summary>The real host, listening on a port of its own.</summary>
public sealed class TestPortal : IAsyncDisposable
{
    private readonly ServingHost host;

    private readonly SecretWatch secrets;

    internal TestPortal(ServingHost host, Uri url, TestDatabase database, SecretWatch secrets)
    {
        this.host = host;
        this.secrets = secrets;
        Url = url;
        Database = database;
        Http = new HttpClient { BaseAddress = url, Timeout = Eventually.Patience };
    }

    /// <summary>Where it listens, with a slash at its end.</summary>
    public Uri Url { get; }

    /// <summary>Its database.</summary>
    public TestDatabase Database { get; }

    /// <summary>Talks to it without cookies or credentials of its own.</summary>
    public HttpClient Http { get; }

    /// <summary>The host's own services.</summary>
    public IServiceProvider Services => host.App.Services;

    /// <summary>Sends a GraphQL request and gives the whole response, errors and all.</summary>
    /// <param name="query">The document.</param>
    /// <param name="variables">The variables as an anonymous object, or null.</param>
    /// <param name="session">A session's secret, sent as bearer token; null to ask as nobody.</param>
    public async Task<JsonElement> AskAsync(string query, object? variables = null, string? session = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "graphql") { Content = JsonContent.Create(new { query, variables }) };
        if (session is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", session);
        }

        secrets.Add(session);
        secrets.AddFrom(JsonSerializer.SerializeToElement(variables));
        using var response = await Http.SendAsync(request);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>();
        secrets.AddFrom(answer);
        return answer;
    }

    /// <summary>Sends a GraphQL request that must have no error beside its data.</summary>
    public async Task<JsonElement> DataAsync(string query, object? variables = null, string? session = null)
    {
        var answer = await AskAsync(query, variables, session);
        Assert.False(answer.TryGetProperty("errors", out var errors), errors.ToString());
        return answer.GetProperty("data");
    }

    /// <summary>Stops the host; the database stays.</summary>
    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await host.App.StopAsync();
        await host.DisposeAsync();
    }
}

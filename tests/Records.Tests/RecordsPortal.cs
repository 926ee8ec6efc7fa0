using System.Diagnostics;
using System.Text.Json;
using ClientPortal.GraphQL;
using ClientPortal.Platform.Asking;
using ClientPortal.Testing;

namespace ClientPortal.Records.Tests;

/// <summary>A host with one client whose records are known to the cent, another client's beside them, and three askers.</summary>
public sealed class RecordsPortal : IAsyncLifetime
{
    public static readonly Guid Client = Guid.Parse("c0000000-0000-0000-0000-000000000001");
    private readonly PortalFixture _fixture = new();
    private readonly SessionSecret _all = SessionSecret.Create();
    private readonly SessionSecret _addressed = SessionSecret.Create();
    private readonly SessionSecret _staff = SessionSecret.Create();
    private TestPortal? _portal;
    private DateOnly _today;

    private TestPortal Portal => _portal ?? throw new InvalidOperationException("The portal is not started.");

    public string ClientId { get; } = NodeId.Encode("Client", Client);

    public async Task InitializeAsync()
    {
        await _fixture.InitializeAsync();
        _portal = await _fixture.StartPortalAsync(("Portal:Demo", "false"));
        var seed = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Records.sql"));
        _today = await TodayAsync();
        await Portal.Database.ExecuteAsync(seed
            .Replace(":all", _all.Token, StringComparison.Ordinal)
            .Replace(":addressed", _addressed.Token, StringComparison.Ordinal)
            .Replace(":staff", _staff.Token, StringComparison.Ordinal));
    }

    /// <summary>Asks as the contact who sees everything of the client; an error fails the test.</summary>
    public Task<JsonElement> AsContactAsync(string query) => AskAsync(query, _all);

    /// <summary>The whole answer, errors and all, to the contact who sees everything of the client.</summary>
    public Task<JsonElement> AnswerToContactAsync(string query) => Portal.AskAsync(query, session: _all.Text);

    /// <summary>The whole answer, errors and all, to the member of staff.</summary>
    public Task<JsonElement> AnswerToStaffAsync(string query) => Portal.AskAsync(query, session: _staff.Text);

    /// <summary>Sends a request as the contact who sees everything of the client; status and body.</summary>
    public async Task<(System.Net.HttpStatusCode Status, string Body)> SendAsContactAsync(HttpMethod method, string path, string accept, HttpContent? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body };
        request.Headers.Authorization = new("Bearer", _all.Text);
        request.Headers.Add("Accept", accept);
        request.Headers.Add("GraphQL-Preflight", "1");
        using var response = await Portal.Http.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>Sends a query with the cookie of the contact who sees everything of the client; status, and the cookie that is given back.</summary>
    public async Task<(System.Net.HttpStatusCode Status, string? Cookie)> SendWithCookieAsync(string query)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "graphql") { Content = System.Net.Http.Json.JsonContent.Create(new { query }) };
        request.Headers.Add("Cookie", $"__Host-portal={_all.Text}");
        using var response = await Portal.Http.SendAsync(request);
        return (response.StatusCode, response.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies.Single() : null);
    }

    /// <summary>A value from the database, as the superuser.</summary>
    public Task<T> ScalarAsync<T>(string sql) => Portal.Database.ScalarAsync<T>(sql);

    /// <summary>Runs SQL as the superuser.</summary>
    public Task ExecuteAsync(string sql) => Portal.Database.ExecuteAsync(sql);

    /// <summary>Asks as the contact who sees what is addressed to them.</summary>
    public Task<JsonElement> AsAddresseeAsync(string query) => AskAsync(query, _addressed);

    /// <summary>Asks as a member of staff.</summary>
    public Task<JsonElement> AsStaffAsync(string query) => AskAsync(query, _staff);

    /// <summary>How many round trips the query takes on the tables' pools, or those whose statements hold another text.</summary>
    public static async Task<int> CountStatementsAsync(Func<Task> ask, string holding = "ctx.ask(")
    {
        var statements = 0;
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                var text = activity.GetTagItem("db.query.text") as string ?? activity.GetTagItem("db.statement") as string ?? "";
                if (text.Contains(holding, StringComparison.Ordinal))
                {
                    Interlocked.Increment(ref statements);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        await ask();
        return statements;
    }

    // By the database's own clock, as the figures are.
    private Task<DateOnly> TodayAsync() => Portal.Database.ScalarAsync<DateOnly>("select (now() at time zone 'UTC')::date");

    // What is due today stays so when a day ends between two tests.
    private async Task FollowTheDayAsync()
    {
        if (await TodayAsync() is var today && today != _today)
        {
            await Portal.Database.ExecuteAsync("update billing.invoice set due_on = due_on + ($1 - $2)", today, _today);
            _today = today;
        }
    }

    private async Task<JsonElement> AskAsync(string query, SessionSecret session)
    {
        await FollowTheDayAsync();
        var answer = await Portal.AskAsync(query, session: session.Text);
        Assert.False(answer.TryGetProperty("errors", out var errors), errors.ToString());
        return answer.GetProperty("data");
    }

    public async Task DisposeAsync()
    {
        if (_portal is not null)
        {
            await _portal.DisposeAsync();
        }

        await _fixture.DisposeAsync();
    }
}

[CollectionDefinition(nameof(RecordsPortal))]
public sealed class RecordsCollection : ICollectionFixture<RecordsPortal>;

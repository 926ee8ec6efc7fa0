using System.Net;
using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace ClientPortal.Accounts.Tests;

/// <summary>What another site can make a browser send, cookie and all.</summary>
[Collection(nameof(Scene))]
public sealed class CrossSiteTests(Scene scene)
{
    public static TheoryData<string?> FormTypes => ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", null];

    [Theory] // WEB-01
    [MemberData(nameof(FormTypes))]
    public async Task A_form_of_another_site_changes_nothing(string? contentType)
    {
        var person = await scene.PersonAsync();
        var session = await scene.SignedInAsync(person.Email);

        using var response = await PostAsync("mutation { updateProfile(input: { name: \"Mallory\" }) { viewer { name } } }", contentType, session);

        Assert.Contains(response.StatusCode, new[] { HttpStatusCode.BadRequest, HttpStatusCode.UnsupportedMediaType });
        Assert.Equal("Petra Person", await scene.ScalarAsync<string>("select name from accounts.person where id = $1", person.Id));
    }

    [Fact] // WEB-01
    public async Task An_image_or_a_link_of_another_site_changes_nothing()
    {
        var session = await scene.SignedInAsync((await scene.PersonAsync()).Email);
        using var request = new HttpRequestMessage(HttpMethod.Get, "graphql?query=" + Uri.EscapeDataString("mutation { signOut { signedOut } }"));
        request.Headers.Add("Cookie", $"__Host-portal={session}");

        using var response = await scene.Portal.Http.SendAsync(request);

        Assert.False(response.IsSuccessStatusCode);
        Assert.True(await scene.LivesAsync(session));
    }

    [Theory] // WEB-11
    [MemberData(nameof(FormTypes))]
    public async Task Another_site_signs_nobody_in_or_out(string? contentType)
    {
        var person = await scene.PersonAsync();
        var session = await scene.SignedInAsync(person.Email);

        using var signIn = await PostAsync($$"""mutation { signIn(input: { email: "{{person.Email}}", password: "{{Scene.Password}}" }) { token } }""", contentType, session: null);
        using var signOut = await PostAsync("mutation { signOut { signedOut } }", contentType, session);

        Assert.False(signIn.Headers.Contains("Set-Cookie"));
        Assert.DoesNotContain("token", await signIn.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.False(signOut.IsSuccessStatusCode);
        Assert.True(await scene.LivesAsync(session));
    }

    [Theory] // WEB-02
    [InlineData("https://evil.example")]
    [InlineData("null")]
    [InlineData("http://localhost")]
    [InlineData("http://localhost.evil.example")]
    public async Task A_socket_from_another_origin_is_not_opened(string origin)
    {
        var session = await scene.SignedInAsync((await scene.PersonAsync()).Email);

        var refused = await Assert.ThrowsAsync<WebSocketException>(() => ConnectAsync(session, origin));

        Assert.Equal(WebSocketError.NotAWebSocket, refused.WebSocketErrorCode);
    }

    [Fact] // WEB-02
    public async Task A_socket_from_the_portals_own_origin_is_opened()
    {
        var session = await scene.SignedInAsync((await scene.PersonAsync()).Email);

        using var socket = await ConnectAsync(session, scene.Portal.Url.GetLeftPart(UriPartial.Authority));

        Assert.Equal(WebSocketState.Open, socket.State);
    }

    [Theory] // WEB-03
    [InlineData("https://evil.example")]
    [InlineData("null")]
    [InlineData("http://sub.localhost")]
    [InlineData("http://localhost.evil.example")]
    [InlineData("http://evillocalhost")]
    public async Task No_other_origin_is_ever_allowed_to_read(string origin)
    {
        var session = await scene.SignedInAsync((await scene.PersonAsync()).Email);
        using var preflight = new HttpRequestMessage(HttpMethod.Options, "graphql");
        preflight.Headers.Add("Origin", origin);
        preflight.Headers.Add("Access-Control-Request-Method", "POST");
        preflight.Headers.Add("Access-Control-Request-Headers", "content-type,graphql-preflight");

        using var asked = await scene.Portal.Http.SendAsync(preflight);
        using var answered = await scene.SendAsync("{ viewer { name } }", r =>
        {
            r.Headers.Add("Origin", origin);
            r.Headers.Add("Cookie", $"__Host-portal={session}");
        });

        Assert.DoesNotContain(asked.Headers.Concat(answered.Headers), h => h.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));
    }

    private async Task<HttpResponseMessage> PostAsync(string query, string? contentType, string? session)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = scene.Portal.Url };
        using var request = new HttpRequestMessage(HttpMethod.Post, "graphql") { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new { query }))) };
        request.Content.Headers.ContentType = contentType is null ? null : MediaTypeHeaderValue.Parse(contentType);
        request.Headers.Add("Origin", "https://evil.example");
        if (session is not null)
        {
            request.Headers.Add("Cookie", $"__Host-portal={session}");
        }

        return await http.SendAsync(request);
    }

    private async Task<ClientWebSocket> ConnectAsync(string session, string origin)
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("graphql-transport-ws");
        socket.Options.SetRequestHeader("Origin", origin);
        socket.Options.SetRequestHeader("Cookie", $"__Host-portal={session}");
        await socket.ConnectAsync(new Uri($"ws://{scene.Portal.Url.Authority}/graphql"), CancellationToken.None);
        return socket;
    }
}

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

    [Theory]
    [MemberData(nameof(FormTypes))]
    public async Task WEB_01_a_form_of_another_site_changes_nothing(string? contentType)
    {
        var person = await scene.PersonAsync();
        var session = await scene.SignedInAsync(person.Email);

        using var response = await PostAsync("mutation { updateProfile(input: { name: \"Mallory\" }) { viewer { name } } }", contentType, session);

        Assert.Contains(response.StatusCode, new[] { HttpStatusCode.BadRequest, HttpStatusCode.UnsupportedMediaType });
        Assert.Equal("Petra Person", await scene.ScalarAsync<string>("select name from accounts.person where id = $1", person.Id));
    }

    [Fact]
    public async Task WEB_01_an_image_or_a_link_of_another_site_changes_nothing()
    {
        var session = await scene.SignedInAsync((await scene.PersonAsync()).Email);
        using var request = new HttpRequestMessage(HttpMethod.Get, "graphql?query=" + Uri.EscapeDataString("mutation { signOut { signedOut } }"));
        request.Headers.Add("Cookie", $"__Host-portal={session}");

        using var response = await scene.Portal.Http.SendAsync(request);

        Assert.False(response.IsSuccessStatusCode);
        Assert.True(await scene.LivesAsync(session));
    }

    [Theory]
    [MemberData(nameof(FormTypes))]
    public async Task WEB_11_another_site_signs_nobody_in_or_out(string? contentType)
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

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("null")]
    [InlineData(null)]
    [InlineData("http://localhost")]
    [InlineData("http://localhost.evil.example")]
    public async Task WEB_02_a_socket_from_another_origin_is_not_opened(string? origin)
    {
        var session = await scene.SignedInAsync((await scene.PersonAsync()).Email);

        var refused = await Assert.ThrowsAsync<WebSocketException>(() => ConnectAsync(session, origin));

        Assert.Equal(WebSocketError.NotAWebSocket, refused.WebSocketErrorCode);
    }

    [Fact]
    public async Task WEB_02_a_socket_from_the_portals_own_origin_is_opened()
    {
        var session = await scene.SignedInAsync((await scene.PersonAsync()).Email);

        using var socket = await ConnectAsync(session, scene.Portal.Url.GetLeftPart(UriPartial.Authority));

        Assert.Equal(WebSocketState.Open, socket.State);
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("null")]
    [InlineData("http://sub.localhost")]
    [InlineData("http://localhost.evil.example")]
    [InlineData("http://evillocalhost")]
    public async Task WEB_03_no_other_origin_is_ever_allowed_to_read(string origin)
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

    // Nothing redirects, and nothing reads where to go next: the pages behind links, right or wrong, and the API alike.
    [Theory]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("https:evil.example")]
    [InlineData("javascript:alert('evil.example')")]
    [InlineData("/%0d%0aLocation: https://evil.example")]
    [InlineData("\u2215\u2215evil.example")]
    public async Task WEB_06_no_page_leads_elsewhere(string next)
    {
        var person = await scene.PersonAsync();
        await scene.RequestResetAsync(person.Email);
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = scene.Portal.Url };
        foreach (var page in new[] { $"reset/{await scene.TokenOfMailAsync(person.Email)}", "reset/x", "confirm-email/x", "invitation/x", "graphql", "", "dev/mail", "healthz/live", "nowhere" })
        {
            foreach (var name in new[] { "next", "returnUrl", "redirect", "url" })
            {
                using var response = await http.GetAsync(new Uri(scene.Portal.Url, $"{page}?{name}={(next.Contains('%', StringComparison.Ordinal) ? next : Uri.EscapeDataString(next))}"));

                Assert.NotInRange((int)response.StatusCode, 300, 399);
                Assert.Null(response.Headers.Location);
                Assert.False(response.Headers.Contains("Refresh"));
                Assert.DoesNotContain("evil.example", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            }
        }
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

    private async Task<ClientWebSocket> ConnectAsync(string session, string? origin)
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("graphql-transport-ws");
        if (origin is not null)
        {
            socket.Options.SetRequestHeader("Origin", origin);
        }

        socket.Options.SetRequestHeader("Cookie", $"__Host-portal={session}");
        await socket.ConnectAsync(new Uri($"ws://{scene.Portal.Url.Authority}/graphql"), CancellationToken.None);
        return socket;
    }
}

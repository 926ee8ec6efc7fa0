using System.Net;
using System.Text.RegularExpressions;

namespace ClientPortal.Web.Tests;

[Collection(nameof(WebPortal))]
public sealed partial class HeaderTests(WebPortal web)
{
    [Theory] // WEB-05
    [InlineData("")]
    [InlineData("sign-in")]
    [InlineData("invitation/whatever")]
    [InlineData("invoices/anything")]
    public async Task WEB_05_No_page_can_be_framed_and_none_runs_what_it_does_not_carry(string path)
    {
        using var first = await web.Portal.Http.GetAsync(path);
        using var second = await web.Portal.Http.GetAsync(path);
        var policy = Assert.Single(first.Headers.GetValues("Content-Security-Policy"));

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.StartsWith("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.NotEqual(policy, Assert.Single(second.Headers.GetValues("Content-Security-Policy")));
        Assert.Equal("no-referrer", Assert.Single(first.Headers.GetValues("Referrer-Policy")));
        Assert.True(first.Headers.CacheControl!.NoStore);
    }

    [Theory] // WEB-08
    [InlineData("")]
    [InlineData("graphql?query={__typename}")]
    [InlineData("icon.svg")]
    [InlineData("no/such/file.js")]
    public async Task WEB_08_Every_answer_says_what_it_is_and_nothing_of_the_server(string path)
    {
        using var answer = await web.Portal.Http.GetAsync(path);

        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.False(answer.Headers.Contains("Server") || answer.Headers.Contains("X-Powered-By"));
        Assert.Equal(path != "icon.svg", answer.Headers.CacheControl!.NoStore);
        Assert.DoesNotContain(answer.Headers.TryGetValues("Content-Security-Policy", out var policies) ? policies : [], policy => policy.Contains("unsafe", StringComparison.Ordinal));
    }

    [Theory] // WEB-10
    [InlineData("graphql/x.css")]
    [InlineData("graphql/x")]
    [InlineData("invoices/1;.js")]
    [InlineData("invoices/..%2f1.css")]
    [InlineData("assets/none.js")]
    [InlineData("trusted-documents.json")]
    [InlineData("index.html")]
    public async Task WEB_10_A_path_that_looks_like_a_file_is_neither_data_nor_kept(string path)
    {
        using var answer = await web.Portal.Http.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.Empty(await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Files_named_by_their_content_are_kept_for_good_and_sent_small()
    {
        var asset = Script().Match(await web.Portal.Http.GetStringAsync("")).Groups[1].Value;
        var sizes = new Dictionary<string, long>();
        foreach (var encoding in new[] { "identity", "gzip", "br" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, asset);
            request.Headers.Add("Accept-Encoding", encoding);
            using var answer = await web.Portal.Http.SendAsync(request);
            Assert.Equal("public, max-age=31536000, immutable", answer.Headers.CacheControl!.ToString());
            Assert.Equal(encoding == "identity" ? [] : [encoding], answer.Content.Headers.ContentEncoding);
            sizes[encoding] = (await answer.Content.ReadAsByteArrayAsync()).Length;
        }

        Assert.True(sizes["br"] < sizes["gzip"] && sizes["gzip"] < sizes["identity"] / 2, string.Join(", ", sizes));
    }

    [GeneratedRegex("<script type=\"module\"[^>]* src=\"/([^\"]+)\"")]
    private static partial Regex Script();
}

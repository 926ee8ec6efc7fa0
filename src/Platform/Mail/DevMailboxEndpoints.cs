using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ClientPortal.Platform.Mail;

/// <summary>The development mailbox in a browser and for tests.</summary>
public static class DevMailboxEndpoints
{
    /// <summary>Maps <c>/dev/mail</c> and <c>/dev/mail.json</c>; outside of development nothing.</summary>
    public static void MapDevMailbox(this IEndpointRouteBuilder endpoints)
    {
        if (!endpoints.ServiceProvider.GetRequiredService<IHostEnvironment>().IsDevelopment())
        {
            return;
        }

        endpoints.MapGet("/dev/mail.json", async (HttpContext http, DevMailbox mailbox) =>
        {
            http.Response.Headers.CacheControl = "no-store";
            return Results.Json(await mailbox.ReadAsync(http.RequestAborted));
        });
        endpoints.MapGet("/dev/mail", async (HttpContext http, DevMailbox mailbox) =>
        {
            http.Response.Headers.CacheControl = "no-store";
            http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";
            return Results.Content(Page(await mailbox.ReadAsync(http.RequestAborted)), "text/html; charset=utf-8");
        });
    }

    private static string Page(IReadOnlyList<KeptMail> mails)
    {
        var page = new StringBuilder("""
            <!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
            <meta name="color-scheme" content="light dark"><title>Mail</title>
            <style>body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem}article{border-top:1px solid;padding:1rem 0}h2{font-size:1.1rem;margin:0}iframe{box-sizing:border-box;width:100%;height:32rem;border:1px solid}pre{white-space:pre-wrap;overflow-wrap:anywhere;font:inherit}</style>
            </head><body><h1>Mail</h1>
            """);
        page.Append(mails.Count == 0 ? "<p>No mail yet.</p>" : "");
        foreach (var mail in mails)
        {
            page.Append("<article><h2>").Append(Html(mail.Subject)).Append("</h2><p>To ").Append(Html(mail.To))
                .Append(", <time>").Append(Html(mail.SentAt.ToString("u", null))).Append("</time></p><pre>").Append(Html(mail.Text)).Append("</pre>");
            foreach (var link in mail.Links)
            {
                page.Append("<p><a href=\"").Append(Html(link)).Append("\">Open ").Append(Html(link)).Append("</a></p>");
            }

            page.Append("<details><summary>As a mail program shows it</summary><iframe sandbox title=\"The mail\" srcdoc=\"").Append(Html(mail.Html)).Append("\"></iframe></details></article>");
        }

        return page.Append("</body></html>").ToString();
    }

    private static string Html(string text) => WebUtility.HtmlEncode(text);
}

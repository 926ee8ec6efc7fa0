using System.Diagnostics;
using System.Net.Http.Json;
using ClientPortal.GraphQL;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ClientPortal.Benchmarks;

/// <summary>Processor time a request, with Kestrel and without: unlike elapsed time, it does not suffer from whatever else the machine does.</summary>
internal static class CpuTime
{
    private const int Requests = 20_000;

    public static async Task MeasureAsync()
    {
        foreach (var document in Enum.GetValues<Document>())
        {
            var benchmark = new EngineBenchmarks { Document = document };
            benchmark.Setup();
            await RunAsync($"{document}, executor", () => benchmark.Execute());
            benchmark.Cleanup();
        }

        foreach (var (name, document) in new[] { ("Small", EngineBenchmarks.Small), ("Page", EngineBenchmarks.Page) })
        {
            using var peer = new Peer(document);
            await RunAsync($"{name}, GraphQL.NET's executor", peer.ExecuteAsync);
        }

        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddGraphQL(o => o.Introspection = true).AddTypes(typeof(LibraryQueries), typeof(AuthorType), typeof(BookType), typeof(ReviewType));
        await using var app = builder.Build();
        app.MapGraphQL("/graphql");
        // What Kestrel and the connection cost by themselves.
        app.MapPost("/nothing", async (HttpContext http) =>
        {
            await http.Request.Body.CopyToAsync(Stream.Null, http.RequestAborted);
            await http.Response.WriteAsync("{}", http.RequestAborted);
        });
        await app.StartAsync();
        (string Name, string Path, string Document)[] runs = [("Nothing", "/nothing", EngineBenchmarks.Small), ("Small", "/graphql", EngineBenchmarks.Small), ("Page", "/graphql", EngineBenchmarks.Page)];
        foreach (var run in runs)
        {
            // The client is another process, so that its work is not counted; the first run warms up.
            await ClientAsync(app.Urls.First() + run.Path, run.Document);
            var before = Process.GetCurrentProcess().TotalProcessorTime;
            await ClientAsync(app.Urls.First() + run.Path, run.Document);
            Report(run.Name + ", POST over Kestrel", before, Requests);
        }
    }

    /// <summary>The client's side: sends the requests over four connections.</summary>
    public static async Task SendAsync(string url, string document)
    {
        using var http = new HttpClient();
        await Parallel.ForEachAsync(Enumerable.Range(0, 4), async (_, token) =>
        {
            for (var i = 0; i < Requests / 4; i++)
            {
                using var response = await http.PostAsJsonAsync(url, new { query = document }, token);
                await response.Content.ReadAsByteArrayAsync(token);
            }
        });
    }

    private static async Task RunAsync(string name, Func<Task> run)
    {
        for (var round = 0; round < 3; round++)
        {
            var before = Process.GetCurrentProcess().TotalProcessorTime;
            for (var i = 0; i < Requests / 2; i++)
            {
                await run();
            }

            if (round == 2)
            {
                Report(name, before, Requests / 2);
            }
        }
    }

    private static async Task ClientAsync(string url, string document)
    {
        using var client = Process.Start("dotnet", [typeof(CpuTime).Assembly.Location, "send", url, document]);
        await client.WaitForExitAsync();
        if (client.ExitCode != 0)
        {
            throw new InvalidOperationException($"The client ended with {client.ExitCode}.");
        }
    }

    private static void Report(string name, TimeSpan before, int requests) =>
        Console.WriteLine($"{name}: {(Process.GetCurrentProcess().TotalProcessorTime - before).TotalMicroseconds / requests:F1} µs of processor time");
}

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using ClientPortal.Platform.Database;
using ClientPortal.Testing;
using Npgsql;

namespace ClientPortal.Isolation.Tests;

/// <summary>
/// Weakens one thing after the other in a copy of the world, and looks whether the tests of the world notice. Takes some twenty
/// minutes, so it runs on request: <c>MUTANTS=report.txt dotnet test tests/Isolation.Tests --filter MutationTests</c>.
/// </summary>
public sealed class MutationTests
{
    // The quickest first; what is written down last, so that the report says what behaviour alone notices.
    private static readonly Type[] Behaviour = [typeof(WhoReadsTests), typeof(TriggerTests), typeof(ConstraintTests), typeof(FunctionTests), typeof(AccountFunctionTests), typeof(InvitationFunctionTests), typeof(OneRecordTests), typeof(AskerTests), typeof(MailFunctionTests), typeof(WhoWritesTests)];

    [MutationFact]
    public async Task At_least_95_of_100_weakenings_make_a_test_fail()
    {
        var server = new PortalFixture();
        await server.InitializeAsync();
        try
        {
            var original = await World.CreateDatabaseAsync(server);
            var world = new World(original);
            var mutants = await Mutants.FindAllAsync(world);
            if (Environment.GetEnvironmentVariable("MUTANTS_MATCHING") is { Length: > 0 } some)
            {
                mutants.RemoveAll(m => !$"{m.Group} {m.Name}".Contains(some, StringComparison.Ordinal));
            }

            mutants.RemoveRange(0, int.Parse(Environment.GetEnvironmentVariable("MUTANTS_FROM") ?? "0", System.Globalization.CultureInfo.InvariantCulture));
            Assert.Equal(("", true), (string.Join(", ", await KillersAsync(world, untilFirst: false)), mutants.Count > 0)); // the original is whole
            await world.DisposeAsync();
            await RunAsync(server, original, mutants);
        }
        finally
        {
            await server.DisposeAsync();
        }
    }

    private static async Task RunAsync(PortalFixture server, TestDatabase original, List<Mutant> mutants)
    {
        await using var file = new StreamWriter(MutationFactAttribute.Report!) { AutoFlush = true }; // the fact runs only when it is set
        await using var report = TextWriter.Synchronized(file);
        var results = new ConcurrentBag<(string Group, string By)>();
        var watch = Stopwatch.StartNew();
        await Parallel.ForEachAsync(mutants, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (mutant, _) =>
        {
            var database = await server.CreateDatabaseAsync(original);
            var (by, hygiene) = await TryAsync(database, mutant);
            await database.ExecuteFromOutsideAsync($"drop database {database.Name} with (force)");
            results.Add((mutant.Group, by ?? (hygiene is null ? "nothing" : "hygiene.sql alone")));
            await report.WriteLineAsync($"{(by ?? hygiene) switch { null => "SURVIVED", _ => "killed" }} {mutant.Group}: {mutant.Name}: {by}{(hygiene is null ? "" : $" and {hygiene[..3]}")}");
        });

        foreach (var group in results.GroupBy(r => r.Group))
        {
            await report.WriteLineAsync($"{group.Key}: {group.Count()}, killed {group.Count(r => r.By != "nothing")}, by hygiene.sql alone {group.Count(r => r.By == "hygiene.sql alone")}, by Grants.txt {group.Count(r => r.By == nameof(GrantsTests))}");
        }

        var killed = results.Count(r => r.By != "nothing");
        await report.WriteLineAsync($"{killed} of {results.Count} killed in {watch.Elapsed.TotalMinutes:0.0} minutes");
        Assert.True(killed >= results.Count * 0.95, $"{killed} of {results.Count} killed, see {MutationFactAttribute.Report}");
    }

    // Which test notices, and which of hygiene's checks does. What is written down comes last, but for grants: there it is what is meant to notice.
    private static async Task<(string? Test, string? Hygiene)> TryAsync(TestDatabase database, Mutant mutant)
    {
        var world = new World(database);
        try
        {
            await database.ExecuteAsync(mutant.Sql);
            await using var job = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(database.ConnectionStrings["Job"]) { Pooling = false });
            var hygiene = await Hygiene.FindViolationsAsync(job, CancellationToken.None) is [var violation, ..] ? violation : null;
            var isGrant = mutant.Group.EndsWith("grant", StringComparison.Ordinal);
            var test = isGrant && await FailsAsync(new GrantsTests(world).The_hosts_roles_may_do_exactly_what_is_written_down)
                ? nameof(GrantsTests)
                : (await KillersAsync(world, untilFirst: true)).FirstOrDefault();
            return (test, hygiene);
        }
        finally
        {
            await world.DisposeAsync();
        }
    }

    // The tests of the world, as the test runner would call them.
    private static async Task<List<string>> KillersAsync(World world, bool untilFirst)
    {
        var killers = new List<string>();
        foreach (var method in Behaviour.SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)).Where(m => m.GetCustomAttribute<FactAttribute>() is not null))
        {
            var rows = method.GetCustomAttributes<InlineDataAttribute>().SelectMany(data => data.GetData(method).Select(row => row ?? [null])).DefaultIfEmpty([]); // xunit gives null for one null
            foreach (var row in rows)
            {
                var test = Activator.CreateInstance(method.DeclaringType!, world); // a method found on a type has one
                if (await FailsAsync(() => (Task)method.Invoke(test, row)!)) // every test gives a task
                {
                    killers.Add($"{method.Name}({string.Join(", ", row)})");
                    if (untilFirst)
                    {
                        return killers;
                    }
                }
            }
        }

        return killers;
    }

    private static async Task<bool> FailsAsync(Func<Task> test)
    {
        try
        {
            await test();
            return false;
        }
        catch (Exception failure) when (failure is Xunit.Sdk.XunitException or PostgresException or InvalidOperationException)
        {
            return true;
        }
    }
}

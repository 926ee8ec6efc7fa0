using ClientPortal.Platform.Asking;
using Npgsql;

namespace ClientPortal.Isolation.Tests;

/// <summary>What <c>explainAccess</c> says, asked for many contacts and records at once: in SQL, by the statement that the field sends.</summary>
internal static class Explanations
{
    private const int AtOnce = 25; // records in a statement: one has less than half a minute, on a busy machine too

    /// <summary>Which of the records are explained to be visible, for each of the contacts.</summary>
    public static async Task<IReadOnlyDictionary<Guid, IReadOnlySet<string>>> ExplainedAsync(this OnboardedPortal portal, Guid[] contacts, IReadOnlyList<string> records)
    {
        var visible = contacts.ToDictionary(c => c, _ => new HashSet<string>());
        await using var source = NpgsqlDataSource.Create(portal.Portal.Database.ConnectionStrings["Staff"]);
        foreach (var some in records.Chunk(AtOnce))
        {
            await using var batch = source.CreateBatch();
            batch.BatchCommands.Add(new("select ctx.ask($1, '')") { Parameters = { new() { Value = SessionSecret.Parse(portal.Staff)!.Token } } }); // it is one
            batch.BatchCommands.Add(new("select r.n, e.contact_id, e.visible from unnest($1, $2) with ordinality as r (type, id, n) cross join lateral ctx.explain_access($3, r.type, r.id) e")
            {
                Parameters = { new() { Value = some.Select(TypeOf).ToArray() }, new() { Value = some.Select(portal.Records.KeyOf).ToArray() }, new() { Value = contacts } },
            });
            await using var reader = await batch.ExecuteReaderAsync();
            await reader.NextResultAsync();
            var explained = 0;
            while (await reader.ReadAsync())
            {
                explained++;
                if (reader.GetBoolean(2))
                {
                    visible[reader.GetGuid(1)].Add(some[reader.GetInt64(0) - 1]);
                }
            }

            Assert.Equal(some.Length * contacts.Length, explained);
        }

        return visible.ToDictionary(v => v.Key, v => (IReadOnlySet<string>)v.Value);
    }

    // In the API a kind is called like here, but for its capitals.
    private static string TypeOf(string record) => $"{record[0]}{record[1..record.IndexOf(' ', StringComparison.Ordinal)].ToLowerInvariant()}";
}

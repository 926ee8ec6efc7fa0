using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using ClientPortal.Platform.Asking;
using Npgsql;

namespace ClientPortal.Isolation.Tests;

/// <summary>
/// What each contact gets from the tables themselves, as their role and under their session, against the model: the ids of all
/// records of every kind. It reads past the host, so that all contacts can be compared in a second.
/// </summary>
internal sealed class EverybodysRows : IAsyncDisposable
{
    private const string AllIds = """
        select encode(sha256(convert_to(coalesce(string_agg(r.id, ' ' order by r.id collate "C"), ''), 'UTF8')), 'hex')
        from (select id::text from billing.invoice union all select id::text from billing.payment union all select id::text from projects.ticket
          union all select id::text from projects.project union all select id::text from calendar.event) r (id)
        """;

    private readonly OnboardedPortal _portal;
    private readonly NpgsqlDataSource _contact;
    private readonly Dictionary<Somebody, string> _expected = [];

    public EverybodysRows(OnboardedPortal portal)
    {
        _portal = portal;
        _contact = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(portal.Portal.Database.ConnectionStrings["Contact"]) { MaxAutoPrepare = 4, AutoPrepareMinUsages = 1 });
    }

    /// <summary>From now on they see these.</summary>
    public void Expect(Somebody somebody, Rights rights) =>
        _expected[somebody] = HashOf(Expected.Of(_portal.Folder, somebody.ClientNumber, rights, DateOnly.MinValue).Everything);

    /// <summary>Those of a part of all who get something else.</summary>
    /// <param name="turn">Which part: they take turns.</param>
    /// <param name="parts">How many parts there are; 1 compares everybody.</param>
    public async Task<IReadOnlyCollection<string>> DifferingAsync(int turn, int parts)
    {
        var differing = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(_expected.Where((_, n) => n % parts == turn % parts), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (pair, cancellationToken) =>
        {
            await using var batch = _contact.CreateBatch();
            batch.BatchCommands.Add(new("select ctx.ask($1, $2)") { Parameters = { new() { Value = SessionSecret.Parse(pair.Key.Secret)!.Token }, new() { Value = pair.Key.ContactId.ToString() } } });
            batch.BatchCommands.Add(new(AllIds));
            await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
            await reader.NextResultAsync(cancellationToken);
            await reader.ReadAsync(cancellationToken);
            if (reader.GetString(0) != pair.Value)
            {
                differing.Add($"{pair.Key.Name} ({pair.Key.ContactId})");
            }
        });
        return differing;
    }

    public ValueTask DisposeAsync() => _contact.DisposeAsync();

    private string HashOf(IEnumerable<string> records) => Convert.ToHexStringLower(SHA256.HashData(
        Encoding.UTF8.GetBytes(string.Join(' ', records.Select(r => _portal.Records.KeyOf(r).ToString()).Order(StringComparer.Ordinal)))));
}

using System.Data;
using System.Security.Cryptography;
using ClientPortal.Platform;
using ClientPortal.Platform.Database;
using Npgsql;

namespace ClientPortal.Host.Oracle;

/// <summary>
/// Compares what the database shows each contact with what plain joins over all rows say that they must see. All of it happens
/// in one transaction of the migrator's, which is rolled back: the sessions under which it asks never exist for anybody else,
/// and both sides see the same moment.
/// </summary>
internal static class AccessOracle
{
    private const int Told = 20;

    private sealed record Asked(Guid Contact, Guid? Person);

    /// <summary>Looks at every contact, those without a portal too.</summary>
    /// <returns>How many contacts and tables were compared, and a line a difference.</returns>
    /// <exception cref="FatalException">The migrator may not act as a contact.</exception>
    public static async Task<(int Contacts, int Tables, IReadOnlyList<string> Differences)> CompareAsync(NpgsqlConnectionStringBuilder migrator, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(migrator.ConnectionString) { Pooling = false, CommandTimeout = 0 });
        await using var connection = await ConnectionSettings.OpenAsync(source, ConnectionSettings.Migrator, cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        try
        {
            return await CompareAsync(connection, cancellationToken);
        }
        finally
        {
            await transaction.RollbackAsync(CancellationToken.None);
        }
    }

    private static async Task<(int, int, IReadOnlyList<string>)> CompareAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await ActAsync(connection, "portal_ctx", cancellationToken);
        await ReadAsync(connection, "select set_config('jit', 'off', true)", _ => 0, cancellationToken); // compiling a statement takes longer than one contact's rows
        var all = await SeenTable.FindAllAsync(connection, cancellationToken);
        var differences = all.Where(t => t.Expected(all) is null).Select(t => $"{t.Name}: contacts may read it, and nothing says which rows are whose").ToList();
        var tables = all.Where(t => t.Expected(all) is not null).ToList();
        var contacts = await ReadAsync(connection, "select c.id, i.person_id from clients.contact c left join invitations.invitation i on i.contact_id = c.id order by c.id",
            r => new Asked(r.GetGuid(0), r.IsDBNull(1) ? null : r.GetGuid(1)), cancellationToken);
        var expected = new Dictionary<(Guid, int), (long Rows, long Digest)>();
        for (var n = 0; n < tables.Count; n++)
        {
            foreach (var (contact, rows) in await ReadAsync(connection, $"select contact_id, {Digest("key")} from ({tables[n].Expected(all)}) x group by 1", r => (r.GetGuid(0), (r.GetInt64(1), r.GetInt64(2))), cancellationToken))
            {
                expected.Add((contact, n), rows);
            }
        }

        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        await OpenSessionsAsync(connection, secret, contacts, cancellationToken);
        await ActAsync(connection, "portal_contact", cancellationToken);
        await using var look = Look(connection, tables);
        await look.PrepareAsync(cancellationToken); // planning takes longer than one contact's rows, too
        var different = new List<(Asked Contact, int Table)>();
        Guid? stranger = null;
        foreach (var contact in contacts)
        {
            await SetContextAsync(connection, contact.Contact, Token(secret, contact.Person), cancellationToken);
            var seen = await SeeAsync(look, cancellationToken);
            different.AddRange(Enumerable.Range(0, tables.Count).Where(n => seen[n] != expected.GetValueOrDefault((contact.Contact, n))).Select(n => (contact, n)));
            if (stranger is not null && stranger != contact.Person && await OpensAsync(connection, contact.Contact, Token(secret, stranger), cancellationToken))
            {
                differences.Add($"contact {contact.Contact}: another person's session opens their portal");
            }

            stranger = contact.Person ?? stranger;
        }

        foreach (var (contact, n) in different.Take(Told))
        {
            differences.Add(await DescribeAsync(connection, tables[n], all, contact.Contact, Token(secret, contact.Person), cancellationToken));
        }

        differences.AddRange(different.Skip(Told).Select(d => $"contact {d.Contact.Contact}, {tables[d.Table].Name}: other rows"));
        return (contacts.Count, tables.Count, differences);
    }

    // Whoever stands behind an invitation gets a session, so that even one who should see nothing asks as themselves.
    private static async Task OpenSessionsAsync(NpgsqlConnection connection, string secret, List<Asked> contacts, CancellationToken cancellationToken)
    {
        await ActAsync(connection, "portal_door", cancellationToken);
        await using var open = new NpgsqlCommand("""
            insert into accounts.session (id, token_hash, person_id, idle_limit, expires_at, ends_at)
            select gen_random_uuid(), sha256(convert_to($1 || p.id, 'UTF8')), p.id, '1 day', now() + interval '1 day', now() + interval '1 day' from unnest($2) p (id)
            """, connection) { Parameters = { new() { Value = secret }, new() { Value = contacts.Select(c => c.Person).OfType<Guid>().Distinct().ToArray() } } };
        await open.ExecuteNonQueryAsync(cancellationToken);
    }

    private static string Token(string secret, Guid? person) => person is { } id ? $"{secret}{id:D}" : "";

    private static string Digest(string key) => $"count(*), coalesce(bit_xor(hashtextextended({key}, 0)), 0)";

#pragma warning disable CA2100 // names from the catalogue, quoted there
    private static NpgsqlCommand Look(NpgsqlConnection connection, IReadOnlyList<SeenTable> tables) =>
        new(string.Join(" union all ", tables.Select((t, n) => $"select {n}, {Digest(t.Key)} from {t.Name} t")), connection);

    private static async Task<(long Rows, long Digest)[]> SeeAsync(NpgsqlCommand look, CancellationToken cancellationToken)
    {
        await using var reader = await look.ExecuteReaderAsync(cancellationToken);
        var seen = new SortedDictionary<int, (long, long)>();
        while (await reader.ReadAsync(cancellationToken))
        {
            seen.Add(reader.GetInt32(0), (reader.GetInt64(1), reader.GetInt64(2)));
        }

        return [.. seen.Values];
    }

    private static async Task<bool> OpensAsync(NpgsqlConnection connection, Guid contact, string token, CancellationToken cancellationToken)
    {
        await SetContextAsync(connection, contact, token, cancellationToken);
        return (await ReadAsync(connection, "select exists (select from clients.contact)", r => r.GetBoolean(0), cancellationToken))[0];
    }

    // Many contacts in one transaction: a request's own way, ctx.ask, is for one.
    private static async Task SetContextAsync(NpgsqlConnection connection, Guid contact, string token, CancellationToken cancellationToken)
    {
        await using var set = new NpgsqlCommand($"set local portal.token = '{token}'; set local portal.contact = '{contact:D}'", connection);
        await set.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<string> DescribeAsync(NpgsqlConnection connection, SeenTable table, IReadOnlyList<SeenTable> all, Guid contact, string token, CancellationToken cancellationToken)
    {
        await ActAsync(connection, "portal_ctx", cancellationToken);
        var expected = (await ReadAsync(connection, $"select key from ({table.Expected(all)}) x where contact_id = '{contact:D}'", r => r.GetString(0), cancellationToken)).ToHashSet();
        await ActAsync(connection, "portal_contact", cancellationToken);
        await SetContextAsync(connection, contact, token, cancellationToken);
        var seen = (await ReadAsync(connection, $"select {table.Key} from {table.Name} t", r => r.GetString(0), cancellationToken)).ToHashSet();
        return $"contact {contact}, {table.Name}: sees {seen.Count} rows, must see {expected.Count}{Few("; too many", seen.Except(expected))}{Few("; missing", expected.Except(seen))}";
    }

    private static string Few(string what, IEnumerable<string> keys) => keys.Order(StringComparer.Ordinal).Take(3).ToList() is { Count: > 0 } few ? $"{what}: {string.Join(", ", few)}" : "";

    private static async Task ActAsync(NpgsqlConnection connection, string role, CancellationToken cancellationToken)
    {
        try
        {
            await using var act = new NpgsqlCommand($"set local role {role}", connection);
            await act.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            throw new FatalException($"portal_migrator may not act as {role}: run src/Platform/Sql/0001_roles.sql as a superuser once more.");
        }
    }

    private static async Task<List<T>> ReadAsync<T>(NpgsqlConnection connection, string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(read(reader));
        }

        return rows;
    }
#pragma warning restore CA2100
}

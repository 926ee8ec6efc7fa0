using Npgsql;

namespace ClientPortal.Host.Oracle;

/// <summary>A table that contacts may read, and the rule by which a row of it is theirs.</summary>
/// <param name="Name">Schema and name, quoted.</param>
/// <param name="Key">The primary key of a row t, as one text.</param>
/// <param name="Kind">The kind of record that it holds; null for other tables.</param>
/// <param name="RecordView">The kind's view (clients.record_source); null for other tables.</param>
/// <param name="WithinKind">The kind that records of this kind stand within, if any.</param>
/// <param name="PartOf">The kind whose records the rows are parts of, as invoice lines are; null for other tables.</param>
/// <param name="PartJoin">How a part t finds its record o.</param>
/// <param name="HasContact">Whether rows name a contact.</param>
internal sealed record SeenTable(string Name, string Key, string? Kind, string? RecordView, string? WithinKind, string? PartOf, string? PartJoin, bool HasContact)
{
    // Found in the catalogue, so that a new kind of record, or a new part of one, is compared from its first day on.
    private const string Find = """
        with source as (
          select distinct s.kind, d.refobjid as rel, w.ev_class::regclass::text as view
          from clients.record_source s
          join pg_rewrite w on w.ev_class = format('%I.%I', s.view_schema, s.view_name)::regclass
          join pg_depend d on d.objid = w.oid and d.classid = 'pg_rewrite'::regclass and d.refclassid = 'pg_class'::regclass and d.refobjid <> w.ev_class)
        select c.oid::regclass::text, k.key, s.kind, s.view, part.kind, part.on_record,
          exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'contact_id')
        from pg_class c
        left join source s on s.rel = c.oid
        left join lateral (
          select string_agg(format('t.%I::text', a.attname), ' || '' '' || ' order by x.n) as key
          from pg_constraint p cross join unnest(p.conkey) with ordinality as x (attnum, n) join pg_attribute a on a.attrelid = c.oid and a.attnum = x.attnum
          where p.conrelid = c.oid and p.contype = 'p') k on true
        left join lateral (
          select o.kind, string_agg(format('t.%I = o.%I', a.attname, b.attname), ' and ') as on_record
          from pg_constraint f join source o on o.rel = f.confrelid
          cross join unnest(f.conkey, f.confkey) as x (own, other)
          join pg_attribute a on a.attrelid = c.oid and a.attnum = x.own
          join pg_attribute b on b.attrelid = f.confrelid and b.attnum = x.other
          where f.conrelid = c.oid and f.contype = 'f' and s.kind is null group by o.kind, f.oid order by f.oid limit 1) part on true
        where c.relkind in ('r', 'p') and c.relnamespace::regnamespace::text !~ '^(pg_|information_schema)' and has_any_column_privilege('portal_contact', c.oid, 'SELECT')
        order by 1
        """;

    /// <summary>All of them. The connection acts as portal_ctx.</summary>
    public static async Task<IReadOnlyList<SeenTable>> FindAllAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var tables = new List<SeenTable>();
        await using (var command = new NpgsqlCommand(Find, connection))
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                string? Text(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
                tables.Add(new SeenTable(reader.GetString(0), reader.GetString(1), Text(2), Text(3), null, Text(4), Text(5), reader.GetBoolean(6)));
            }
        }

        for (var n = 0; n < tables.Count; n++)
        {
            if (tables[n].RecordView is { } view)
            {
#pragma warning disable CA2100 // the catalogue's own, quoted name
                await using var within = new NpgsqlCommand($"select within_kind from {view} where within_kind is not null limit 1", connection);
#pragma warning restore CA2100
                tables[n] = tables[n] with { WithinKind = (string?)await within.ExecuteScalarAsync(cancellationToken) };
            }
        }

        return tables;
    }

    /// <summary>The keys of the rows that each contact must see (contact_id, key): plain joins over all rows, by none of the functions that the policies use.</summary>
    /// <returns>Null: no rule says whose rows these are.</returns>
    public string? Expected(IReadOnlyList<SeenTable> all) => this switch
    {
        { Kind: not null } => $"select t.contact_id, t.id::text as key from ({Records(all)}) t",
        { Name: "clients.client" } => $"select h.contact_id, {Key} as key from {Holder} join clients.client t on t.id = h.client_id",
        { Name: "clients.contact" } => $"select h.contact_id, {Key} as key from {Holder} join clients.contact t on t.id = h.contact_id",
        { HasContact: true } => $"select h.contact_id, {Key} as key from {Holder} join {Name} t on t.contact_id = h.contact_id",
        { PartOf: { } record } => $"select o.contact_id, {Key} as key from ({all.Single(t => t.Kind == record).Records(all)}) o join {Name} t on {PartJoin}",
        _ => null,
    };

    /// <summary>Who has a portal: a sign-in that is active accepted, and the client is active.</summary>
    public const string Holder = """
        (select i.contact_id, i.client_id, p.id as person_id from invitations.invitation i
          join accounts.person p on p.id = i.person_id and p.active join clients.client k on k.id = i.client_id and k.status = 'ACTIVE' where i.status = 'ONBOARDED') h
        """;

    // The rules of a kind, written once more: published; its own exception first, then all of the kind, or addressed.
    private string Records(IReadOnlyList<SeenTable> all)
    {
        var outer = WithinKind is null ? "" : $"left join ({all.Single(t => t.Kind == WithinKind).Records(all)}) o on o.contact_id = h.contact_id and o.id = r.within_id";
        return $"""
            select h.contact_id, r.client_id, r.id from {Holder} join {RecordView} r on r.client_id = h.client_id
            left join clients.visibility v on v.contact_id = h.contact_id and v.kind = '{Kind}'
            left join clients.record_exception e on e.contact_id = h.contact_id and e.kind = '{Kind}' and e.record_id = r.id
            left join clients.addressee a on a.contact_id = h.contact_id and a.kind = '{Kind}' and a.record_id = r.id
            {outer}
            where r.published {(WithinKind is null ? "" : "and (r.within_id is null or o.id is not null)")}
              and case e.exception when 'GRANTED' then true when 'WITHHELD' then false else coalesce(v.level, 'ALL') = 'ALL' or v.level = 'ADDRESSED' and a.record_id is not null end
            """;
    }
}

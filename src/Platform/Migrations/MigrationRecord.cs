using Npgsql;

namespace ClientPortal.Platform.Migrations;

/// <summary>The table <c>platform.migration</c>: which files a database has.</summary>
internal static class MigrationRecord
{
    // Serving hosts check it through portal_job. RLS is on because every table has it: a table without is a finding.
    public const string Create = """
        create schema if not exists platform;
        create table if not exists platform.migration (
          module text not null,
          file text not null,
          sha256 text not null,
          applied_at timestamptz not null default now(),
          primary key (module, file)
        );
        alter table platform.migration enable row level security, force row level security;
        drop policy if exists owner_keeps on platform.migration;
        create policy owner_keeps on platform.migration to portal_owner using (true) with check (true);
        drop policy if exists job_reads on platform.migration;
        create policy job_reads on platform.migration for select to portal_job using (file <> '');
        grant usage on schema platform to portal_job;
        grant select on platform.migration to portal_job;
        """;

    /// <summary>SHA-256 by <c>Module/file</c>; empty when nothing was ever applied.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> ReadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var applied = new Dictionary<string, string>();
        await using var exists = new NpgsqlCommand("select to_regclass('platform.migration') is not null", connection);
        if (await exists.ExecuteScalarAsync(cancellationToken) is not true)
        {
            return applied;
        }

        await using var select = new NpgsqlCommand("select module || '/' || file, sha256 from platform.migration", connection);
        await using var reader = await select.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            applied.Add(reader.GetString(0), reader.GetString(1));
        }

        return applied;
    }
}

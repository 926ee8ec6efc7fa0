using ClientPortal.Testing;

namespace ClientPortal.Isolation.Tests;

[Collection(nameof(World))]
public sealed class GrantsTests(World world)
{
    // What the roles that the host signs in as, and everybody, may do: a line an object, its columns where not all of them.
    private const string Grants = """
        select x.line from (
          select format('%s %s %s %s', coalesce(r.rolname, 'public'), g.object, g.privilege, g.columns) as line
          from (
            select a.grantee, c.oid::regclass::text as object, a.privilege_type as privilege, '' as columns from pg_class c cross join aclexplode(c.relacl) a where c.relnamespace::regnamespace::text !~ '^(pg_|information_schema)'
            union all select a.grantee, t.attrelid::regclass::text, a.privilege_type, '(' || string_agg(t.attname, ', ' order by t.attnum) || ')' from pg_attribute t join pg_class c on c.oid = t.attrelid cross join aclexplode(t.attacl) a
              where c.relnamespace::regnamespace::text !~ '^(pg_|information_schema)' group by a.grantee, t.attrelid, a.privilege_type
            union all select a.grantee, p.oid::regprocedure::text, a.privilege_type, '' from pg_proc p cross join aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a where p.pronamespace::regnamespace::text !~ '^(pg_|information_schema|public)'
            union all select a.grantee, 'schema ' || n.nspname, a.privilege_type, '' from pg_namespace n cross join aclexplode(n.nspacl) a where n.nspname !~ '^(pg_|information_schema)') g
          left join pg_roles r on r.oid = g.grantee
          where g.grantee = 0 or r.rolname in ('portal_contact', 'portal_staff', 'portal_auth', 'portal_job')) x order by x.line collate "C"
        """;

    [Fact]
    public async Task The_hosts_roles_may_do_exactly_what_is_written_down()
    {
        var file = Path.Combine(SourceTree.Root, "tests", "Isolation.Tests", "World", "Grants.txt");
        var granted = (await world.ListAsync(Grants)).ConvertAll(line => line.TrimEnd());
        var written = await File.ReadAllLinesAsync(file);

        var changes = granted.Except(written).Select(line => $"+ {line}").Concat(written.Except(granted).Select(line => $"- {line}")).ToList();
        if (changes.Count > 0 && MutationFactAttribute.Report is null)
        {
            await File.WriteAllLinesAsync(file + ".received", granted);
        }

        Assert.True(changes.Count == 0, $"Who may do what has changed. If that is meant, put Grants.txt.received in the place of Grants.txt:\n{string.Join('\n', changes)}");
    }
}

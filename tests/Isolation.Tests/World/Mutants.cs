using System.Text.RegularExpressions;

namespace ClientPortal.Isolation.Tests;

/// <summary>One weakening of the database.</summary>
internal sealed record Mutant(string Group, string Name, string Sql);

/// <summary>
/// Every way to weaken one thing that the catalogue knows of: a policy, a table's row level security, a grant, a constraint, a
/// trigger, one condition of a function or of a view that says who is asking. Found there rather than listed, so that what is added is put to the test as well.
/// </summary>
internal static partial class Mutants
{
    private const string Ours = "!~ '^(pg_|information_schema|public|platform|quartz|hangfire)'";

    private static readonly Dictionary<string, string> Queries = new()
    {
        // A permissive policy lets everything through, a restrictive one is gone, any one is for everybody, one lacks one of its terms.
        ["policy"] = $$"""
            select format('%s %s using true|alter policy %2$I on %1$s using (true)', polrelid::regclass, polname) from pg_policy where polpermissive and coalesce(pg_get_expr(polqual, polrelid), 'true') <> 'true' and polrelid::regclass::text {{Ours}}
            union all select format('%s %s check true|alter policy %2$I on %1$s with check (true)', polrelid::regclass, polname) from pg_policy where coalesce(pg_get_expr(polwithcheck, polrelid), 'true') <> 'true' and polrelid::regclass::text {{Ours}}
            union all select format('%s %s dropped|drop policy %2$I on %1$s', polrelid::regclass, polname) from pg_policy where not polpermissive and polrelid::regclass::text {{Ours}}
            union all select format('%s %s to public|alter policy %2$I on %1$s to public', polrelid::regclass, polname) from pg_policy where polpermissive and polrelid::regclass::text {{Ours}}
            union all select format('%1$s %2$s without %3$s|alter policy %2$I on %1$s using (%4$s)', polrelid::regclass, polname, term, regexp_replace(pg_get_expr(polqual, polrelid), pattern, weaker))
              from pg_policy join (values
                ('withheld', '\(id <> ALL \(\( SELECT ctx\.withheld\([^()]*\) AS withheld\)(::uuid\[\])?\)\)', 'true'),
                ('withheld from all', 'id <> ALL \(\( SELECT (ctx\.all_but\([^()]*\)) AS all_but\)(::uuid\[\])?\)', '(SELECT \1) IS NOT NULL'),
                ('whom it is addressed to', '\(a\.contact_id = \( SELECT ctx\.addressed\([^()]*\) AS addressed\)\)', 'true'),
                ('which are granted', '\(id = ANY \(\( SELECT ctx\.granted\([^()]*\) AS granted\)(::uuid\[\])?\)\)', 'true')) terms (term, pattern, weaker)
              on pg_get_expr(polqual, polrelid) ~ pattern where polrelid::regclass::text {{Ours}}
            """,
        ["row level security"] = $$"""
            select format('%s %s|alter table %1$s %2$s row level security', c.oid::regclass, how) from pg_class c cross join unnest(array['disable', 'no force']) how where c.relkind = 'r' and c.relnamespace::regnamespace::text {{Ours}}
            """,
        ["column grant"] = $$"""
            select format('%s.%s to %s|grant select (%2$I) on %1$s to %3$s', c.oid::regclass, a.attname, r)
            from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped cross join unnest(array['portal_contact', 'portal_staff']) r
            where c.relkind in ('r', 'v') and c.relnamespace::regnamespace::text {{Ours}} and has_any_column_privilege(r, c.oid, 'select') and not has_column_privilege(r, c.oid, a.attname, 'select')
            """,
        ["function grant"] = $$"""
            select format('%s to %s|grant execute on function %1$s to %2$s', p.oid::regprocedure, r) from pg_proc p cross join unnest(array['public', 'portal_contact', 'portal_staff']) r
            where p.pronamespace::regnamespace::text {{Ours}} and not has_function_privilege(r, p.oid, 'execute')
            """,
        ["constraint"] = $$"""
            select format('%s %s|alter table %1$s drop constraint %2$I cascade', conrelid::regclass, conname) from pg_constraint where contype in ('c', 'u', 'x', 'f') and connamespace::regnamespace::text {{Ours}}
            union all select format('%s|drop index %1$s', indexrelid::regclass) from pg_index where indisunique and indpred is not null and indrelid::regclass::text {{Ours}}
            """,
        ["trigger"] = $$"""
            select format('%s %s|alter table %1$s disable trigger %2$I', tgrelid::regclass, tgname) from pg_trigger where not tgisinternal and tgrelid::regclass::text {{Ours}}
            """,
        ["table grant"] = $$"""
            select format('%s on %s to %s|grant %1$s on %2$s to %3$s; grant usage on schema %4$s to %3$s', p, c.oid::regclass, r, c.relnamespace::regnamespace)
            from pg_class c cross join unnest(array['portal_contact', 'portal_staff', 'portal_auth', 'portal_job']) r cross join unnest(array['select', 'insert, update, delete']) p
            where c.relkind = 'r' and c.relnamespace::regnamespace::text {{Ours}} and not has_table_privilege(r, c.oid, split_part(p, ',', 1))
            """,
    };

    // Whatever its rights: a function without the owner's (a trigger, an obstacle) decides as well. Views outside of ctx only list and word what policies let through.
    private const string Functions = $"select pg_get_functiondef(oid) from pg_proc where pronamespace::regnamespace::text {Ours} and prokind = 'f' order by oid::regprocedure::text";
    private const string Views = "select format(E'create or replace view %s with (security_invoker = true) as\n%s', oid::regclass, pg_get_viewdef(oid)) from pg_class where relkind = 'v' and relnamespace = 'ctx'::regnamespace order by 1";

    public static async Task<List<Mutant>> FindAllAsync(World world)
    {
        var mutants = new List<Mutant>();
        foreach (var (group, query) in Queries)
        {
            mutants.AddRange((await world.ListAsync(query)).Select(line => new Mutant(group, line[..line.IndexOf('|', StringComparison.Ordinal)], line[(line.IndexOf('|', StringComparison.Ordinal) + 1)..])));
        }

        mutants.AddRange((await world.ListAsync(Functions)).SelectMany(d => WithoutOneCondition(d, FunctionName().Match(d).Groups[1].Value, d.IndexOf("AS $", StringComparison.Ordinal))));
        mutants.AddRange((await world.ListAsync(Views)).SelectMany(d => WithoutOneCondition(d, d.Split(' ')[4], 0)));
        return mutants;
    }

    // Each condition that keeps somebody out becomes one that keeps nobody out: one for leaving is never true, any other always.
    private static IEnumerable<Mutant> WithoutOneCondition(string definition, string name, int body)
    {
        foreach (Match guard in Guard().Matches(definition, body))
        {
            var leaves = guard.Value.StartsWith("not ", StringComparison.Ordinal) || (guard.Value.Contains("<>", StringComparison.Ordinal) && Leaving().IsMatch(definition[..guard.Index]));
            yield return new Mutant("condition", $"{name}: {guard.Value} at {guard.Index - body}", definition[..guard.Index] + (leaves ? "false" : "true") + definition[(guard.Index + guard.Length)..]);
        }
    }

    [GeneratedRegex(@"FUNCTION ([\w.]+)\(")]
    private static partial Regex FunctionName();

    // Within the condition of an 'if' or a 'when', not within a query there.
    [GeneratedRegex(@"\b(if|when)\b(?!.*\b(then|select)\b)[^;]*$", RegexOptions.Singleline)]
    private static partial Regex Leaving();

    [GeneratedRegex(@"(not )?ctx\.(staff_can\('\w+'\)|is_staff\(\))|\w+\.(ended_at|outcome) is null|(?<=where |and )(ended_at|outcome) is null|\b(\w+\.|p_)?(expires_at|ends_at) (>|<=) (now|clock_timestamp)\(\)|\w+\.active\b(?! then| into|,)|\b(\w+\.|p_|(?<=(where|and|when|if) ))(status|member_type|exception|kind|state) (=|<>) '\w+'(::text)?|mail\.is_claimed\(p_attempt, \w+\)|ctx\.holder_of\(named::uuid\) = ctx\.person\(\)|\w+\.contact_id = (p_contact|\w\.contact_id)|\w+\.level <> 'ALL'|\w+\.kind = p_kind|s\.person_id = me\.person_id|r\.published|level = 'ADDRESSED'|\w+\.id <> p_verified|sp\.permission = p_permission|\w+\.outcome is distinct from 'NOT_SENT'|\w+\.password_hash is not null|\w+\.person_id = (p|a)\.(id|person_id)", RegexOptions.IgnoreCase)]
    private static partial Regex Guard();
}

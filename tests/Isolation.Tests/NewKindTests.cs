using ClientPortal.Host.Oracle;
using ClientPortal.Platform.Database;
using ClientPortal.Testing;
using Npgsql;

namespace ClientPortal.Isolation.Tests;

/// <summary>A new kind of record is one SQL file (and its value in the enum RecordKind): levels, exceptions, explanations and every check come with it.</summary>
[Collection(nameof(OnboardedPortal))]
public sealed class NewKindTests(OnboardedPortal portal)
{
    private const string Records = """
        insert into documents.document (id, client_id, title, shared)
          select md5(format('document %s %s', number, n))::uuid, id, format('Document %s', n), n > 1 from clients.client cross join generate_series(1, 4) n;
        insert into clients.visibility (client_id, contact_id, kind, level) select client_id, id, 'DOCUMENT', case name when 'adam' then 'ADDRESSED' else 'NONE' end from clients.contact where name in ('adam', 'nora', 'gil');
        insert into clients.addressee (client_id, contact_id, kind, record_id) select client_id, id, 'DOCUMENT', md5(format('document A %s', n))::uuid from clients.contact cross join generate_series(1, 3) n where name = 'adam';
        insert into clients.record_exception (client_id, contact_id, kind, record_id, exception)
          select c.client_id, c.id, 'DOCUMENT', md5(format('document A %s', e.n))::uuid, e.exception from clients.contact c join (values ('mia', 2, 'WITHHELD'), ('gil', 1, 'GRANTED'), ('gil', 3, 'GRANTED')) as e (name, n, exception) on e.name = c.name;
        """;

    [Fact]
    public async Task One_SQL_file_makes_a_kind_that_is_set_explained_and_checked_like_every_other()
    {
        var database = await NewKindAsync();
        var world = new World(database);
        try
        {
            foreach (var (contact, documents) in new[] { ("alice", 3), ("adam", 2), ("nora", 0), ("mia", 2), ("gil", 1), ("bob", 3), ("sam", 0) })
            {
                Assert.Equal((long)documents, await world.RunAsync("Contact", contact, contact, "select count(*) from documents.document"));
            }

            Assert.Equal("false WITHHELD_FOR_RECORD DOCUMENT", await world.RunAsync("Staff", "nothing", null,
                "select concat_ws(' ', visible::text, reason, kind) from ctx.explain_access(array[md5('contact mia')::uuid], 'Document', md5('document A 2')::uuid)"));
            await using var job = NpgsqlDataSource.Create(database.ConnectionStrings["Job"]);
            Assert.Empty(await Hygiene.FindViolationsAsync(job, CancellationToken.None));
            Assert.Empty(await DifferencesAsync(database));
        }
        finally
        {
            await world.DisposeAsync();
        }
    }

    [Theory]
    [InlineData("drop policy own_client on documents.document", "too many")]
    [InlineData("drop policy shared on documents.document", "too many")]
    [InlineData("alter policy entitled on documents.document using ((select ctx.all_but('DOCUMENT')) is not null)", "too many")]
    [InlineData("alter policy entitled on documents.document using (true)", "too many")]
    [InlineData("alter policy entitled on documents.document using (id <> all ((select ctx.all_but('DOCUMENT'))::uuid[]))", "missing")]
    [InlineData("drop policy entitled on documents.document", "missing")]
    public async Task What_its_file_forgets_the_comparison_over_all_rows_names(string forgotten, string difference)
    {
        var database = await NewKindAsync();
        await database.ExecuteAsync(forgotten);

        var differences = await DifferencesAsync(database);

        Assert.NotEmpty(differences);
        Assert.All(differences, d => Assert.Contains("documents.document", d, StringComparison.Ordinal));
        Assert.Contains(differences, d => d.Contains(difference, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_table_that_contacts_may_read_and_that_no_rule_covers_is_named()
    {
        var database = await NewKindAsync();
        await database.ExecuteAsync("delete from clients.record_source where kind = 'DOCUMENT'");

        Assert.Contains("documents.document", Assert.Single(await DifferencesAsync(database)), StringComparison.Ordinal);
    }

    private async Task<TestDatabase> NewKindAsync()
    {
        var database = await World.CreateDatabaseAsync(portal.Fixture);
        await using var connection = new NpgsqlConnection(database.ConnectionStrings["Migrator"]);
        await connection.OpenAsync();
        await using var file = new NpgsqlCommand("set role portal_owner; " + await File.ReadAllTextAsync(Path.Combine(SourceTree.Root, "tests", "Isolation.Tests", "World", "NewKind.sql")), connection); // as the migrator runs files
        await file.ExecuteNonQueryAsync();
        await database.ExecuteAsync(Records);
        return database;
    }

    private static async Task<IReadOnlyList<string>> DifferencesAsync(TestDatabase database) =>
        (await AccessOracle.CompareAsync(new NpgsqlConnectionStringBuilder(database.ConnectionStrings["Migrator"]), CancellationToken.None)).Differences;
}

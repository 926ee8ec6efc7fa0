using ClientPortal.Platform.Import;
using ClientPortal.Testing;

namespace ClientPortal.Import.Tests;

[Collection(nameof(PortalFixture))]
public sealed class RepeatTests(PortalFixture fixture)
{
    [Fact]
    public async Task Half_a_minor_unit_goes_to_the_even_one_and_tax_is_rounded_once_a_rate()
    {
        using var folder = ImportFolder.WithTwoClients();
        var database = await fixture.CreateDatabaseAsync();
        await database.AddAsync(folder);

        // 0.5 × 0.05 = 0.025 → 0.02 and 1.5 × 0.03 = 0.045 → 0.04; 19 % of 0.06 = 0.0114 → 0.01.
        Assert.Equal([2L, 4L], (await database.QueryAsync("select amount from billing.invoice_line where amount < 1000 order by position")).Select(row => (long)row[0]));
        Assert.Equal([6L, 1L, 7L, 3L], (await database.QueryAsync("select subtotal, tax, total, paid from billing.invoice where number = 'I-1'")).Single().Cast<long>());
        Assert.Equal([3000L, 0L, 3000L, 3000L], (await database.QueryAsync("select subtotal, tax, total, paid from billing.invoice where number = 'I-2'")).Single().Cast<long>());
    }

    [Fact]
    public async Task Columns_reach_the_database_as_the_format_says()
    {
        using var folder = ImportFolder.WithTwoClients();
        var database = await fixture.CreateDatabaseAsync();
        await database.AddAsync(folder);

        async Task AssertRowsAsync(string sql, params string[] rows) =>
            Assert.Equal(rows, (await database.QueryAsync($"select concat_ws('|', {sql}")).Select(row => (string)row[0]));
        await AssertRowsAsync("number, name, status, internal, currency) from clients.client order by number", "C-1|First|ACTIVE|f|EUR", "C-2|Second|INACTIVE|t|JPY");
        await AssertRowsAsync("name, email, sign_in_key, recipient_key, job_title) from clients.contact order by name", "Ann|Ann@one.example|ann@one.example|ann@one.example|Accountant", "Bob|bob@two.example|bob@two.example|bob@two.example");
        await AssertRowsAsync("kind, level, notify) from clients.visibility join clients.contact c on c.id = contact_id where c.name = 'Ann' order by kind", "EVENT|ALL|f", "INVOICE|ALL|t", "PROJECT|ADDRESSED|f", "TICKET|NONE|f");
        await AssertRowsAsync("c.name, a.kind, i.number) from clients.addressee a join clients.contact c on c.id = contact_id join billing.invoice i on i.id = record_id", "Ann|INVOICE|I-1");
        await AssertRowsAsync("number, status, issued_on, due_on, currency, public_note) from billing.invoice order by number", "I-1|ISSUED|2026-01-31|2026-02-28|EUR|Thanks", "I-2|DRAFT|JPY");
        await AssertRowsAsync("code, status, progress, starts_on, due_on, currency, internal_budget) from projects.project order by code", "PR-1|ACTIVE|50|2026-01-01|2026-06-30|EUR|100050", "PR-2|PLANNED|0|JPY|5000");
        await AssertRowsAsync("t.number, t.status, t.hours, t.currency, t.internal_cost, i.number, t.approved_at) from projects.ticket t left join billing.invoice i on i.id = t.invoice_id order by 1", "T-1|INVOICED|2.25|EUR|8441|I-1", "T-2|APPROVED|1|JPY|8000");
        await AssertRowsAsync("kind, title, starts_at at time zone 'UTC', all_day, shared) from calendar.event order by title", "MEETING|Kick-off|2026-03-01 09:00:00|f|t", "OTHER|Party|2026-03-01 09:00:00|t|f");
    }

    [Fact]
    public async Task A_dot_at_the_end_of_an_address_is_not_stored_and_names_the_same_contact()
    {
        using var folder = ImportFolder.WithTwoClients();
        folder.Append("contacts.csv", "C-1,Dora,dora@one.example.,,all,all,all,all,false");
        var database = await fixture.CreateDatabaseAsync();
        await database.AddAsync(folder);
        folder.Append("invoices.csv", "I-3,C-1,draft,,,EUR,,,dora@one.example");

        var (exitCode, _, errors) = await database.RunCommandAsync(folder.Path);

        Assert.Equal((0, ""), (exitCode, errors));
        Assert.Equal("dora@one.example", (await database.QueryAsync("select email from clients.contact where name = 'Dora'")).Single().Single());
    }

    [Fact]
    public async Task New_rows_are_added_to_what_is_there()
    {
        using var folder = ImportFolder.WithTwoClients();
        var database = await fixture.CreateDatabaseAsync();
        await database.AddAsync(folder);
        folder.Append("contacts.csv", "C-1,Ann again,ann@one.example,,all,all,all,all,false");
        folder.Append("invoice_lines.csv", "I-1,3,Late,1,100,19");
        folder.Append("payments.csv", "P-3,I-1,2026-03-03,full,card");
        folder.Append("events.csv", "C-2,,other,Party,2026-03-01T09:00:00Z,2026-03-01T10:00:00Z,true,false");

        var (exitCode, output, errors) = await database.RunCommandAsync(folder.Path);

        Assert.Equal((0, ""), (exitCode, errors));
        Assert.Equal(
            ["clients.csv 0 added 2 already there", "contacts.csv 1 added 2 already there", "invoices.csv 0 added 2 already there", "invoice_lines.csv 0 added 4 already there",
                "payments.csv 1 added 2 already there", "projects.csv 0 added 2 already there", "tickets.csv 0 added 2 already there", "events.csv 1 added 2 already there"],
            output.TrimEnd().Split('\n').Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))));
        Assert.Equal([7L, 10L], (await database.QueryAsync("select total, paid from billing.invoice where number = 'I-1'")).Single().Cast<long>());
    }

    [Fact]
    public async Task Contacts_and_events_that_are_alike_are_kept_as_many_times_as_the_file_has_them()
    {
        using var folder = ImportFolder.WithTwoClients();
        folder.Append("contacts.csv", "C-1,Desk,,,all,all,all,all,false\nC-1,Desk,,,all,all,all,all,false\nC-2,Desk,,,all,all,all,all,false");
        folder.Append("events.csv", "C-2,,other,Party,2026-03-01T09:00:00Z,2026-03-01T10:00:00Z,true,false");
        var database = await fixture.CreateDatabaseAsync();

        await database.AddAsync(folder);
        await database.AddAsync(folder);

        Assert.Equal(3L, (await database.QueryAsync("select count(*) from clients.contact where name = 'Desk'")).Single()[0]);
        Assert.Equal(2L, (await database.QueryAsync("select count(*) from calendar.event where title = 'Party'")).Single()[0]);
    }

    [Theory]
    [InlineData("invoices.csv", "I-2,C-2", "I-2,C-1", "invoices.csv, line 3, column client_number: invoice I-2 belongs to another client")]
    [InlineData("projects.csv", "PR-2,C-2", "PR-2,C-1", "projects.csv, line 3, column client_number: project PR-2 belongs to another client")]
    [InlineData("tickets.csv", "T-2,C-2", "T-2,C-1", "tickets.csv, line 3, column client_number: ticket T-2 belongs to another client")]
    [InlineData("payments.csv", "P-2,I-2", "P-2,I-1", "payments.csv, line 3, column invoice_number: payment P-2 belongs to another invoice")]
    public async Task What_is_there_never_moves_to_another_client(string file, string old, string with, string error)
    {
        using var folder = ImportFolder.WithTwoClients();
        var database = await fixture.CreateDatabaseAsync();
        await database.AddAsync(folder);
        var content = await database.ContentAsync();
        folder.Replace(file, old, with);
        folder.Append("clients.csv", "C-3,Third,active,false,EUR");

        var result = await database.ImportAsync(folder);

        Assert.StartsWith(error, Assert.Single(result.Errors), StringComparison.Ordinal);
        Assert.Equal(content, await database.ContentAsync());
    }

    [Fact]
    public async Task Stopping_half_way_rolls_back()
    {
        using var folder = ImportFolder.OfDemo();
        var database = await fixture.CreateDatabaseAsync();
        using var stop = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => database.ImportAsync(folder, new StopAt("tickets.csv", stop), stop.Token));

        await database.AssertEmptyAsync();
        await database.AddAsync(folder);
    }

    private sealed class StopAt(string file, CancellationTokenSource stop) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value)
        {
            if (value.File == file)
            {
                stop.Cancel();
            }
        }
    }
}

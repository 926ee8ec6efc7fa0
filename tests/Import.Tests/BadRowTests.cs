using ClientPortal.Testing;

namespace ClientPortal.Import.Tests;

[Collection(nameof(PortalFixture))]
public sealed class BadRowTests(PortalFixture fixture)
{
    private const string Invoice = "I-3,C-1,issued,2026-01-31,2026-02-28,EUR,,,";

    [Theory]
    [InlineData("clients.csv", "C-1,Again,active,false,EUR", "number", "is on line 2 already")]
    [InlineData("clients.csv", ",Nameless,active,false,EUR", "number", "is empty")]
    [InlineData("clients.csv", "C-3,,active,false,EUR", "name", "is empty")]
    [InlineData("clients.csv", "C-3,Third,gone,false,EUR", "status", "expected one of active, inactive")]
    [InlineData("clients.csv", "C-3,Third,active,no,EUR", "internal", "expected true or false")]
    [InlineData("clients.csv", "C-3,Third,active,false,EURO", "currency", "expected an ISO 4217 code")]
    [InlineData("clients.csv", "C-3,Third,active,false,EUX", "currency", "expected an ISO 4217 code")]
    [InlineData("clients.csv", "C-3,Third\tparty,active,false,EUR", "name", "control characters")]
    [InlineData("clients.csv", "C-3,Third,active,false", null, "has 4 fields; expected 5")]
    [InlineData("clients.csv", "C-3,Third,active,false,EUR,", null, "has 6 fields; expected 5")]
    [InlineData("clients.csv", "C-3,Th\"ird,active,false,EUR", null, "quotation mark")]
    [InlineData("clients.csv", "C-3,\"Third,active,false,EUR", null, "never closed")]
    [InlineData("contacts.csv", "C-9,Eve,,,all,all,all,all,true", "client_number", "\"C-9\" is unknown; expected a client")]
    [InlineData("contacts.csv", "C-1,Eve,eve@,,all,all,all,all,true", "email", "is no e-mail address")]
    [InlineData("contacts.csv", "C-1,Eve,Eve <eve@one.example>,,all,all,all,all,true", "email", "is no e-mail address")]
    [InlineData("contacts.csv", "C-1,Eve,,,all,all,some,all,true", "projects", "expected one of none, addressed, all")]
    [InlineData("contacts.csv", "C-1,Eve,,,all,all,all,all,1", "notify_invoices", "expected true or false")]
    [InlineData("invoices.csv", "I-1,C-1,draft,,,EUR,,,", "number", "is on line 2 already")]
    [InlineData("invoices.csv", "I-3,C-9,draft,,,EUR,,,", "client_number", "\"C-9\" is unknown; expected a client")]
    [InlineData("invoices.csv", "I-3,C-1,paid,2026-01-31,,EUR,,,", "status", "expected one of draft, issued, void")]
    [InlineData("invoices.csv", "I-3,C-1,issued,,,EUR,,,", "issued_on", "is empty; expected a date")]
    [InlineData("invoices.csv", "I-3,C-1,issued,2026-02-30,,EUR,,,", "issued_on", "is no date; expected YYYY-MM-DD")]
    [InlineData("invoices.csv", "I-3,C-1,issued,31.01.2026,,EUR,,,", "issued_on", "is no date; expected YYYY-MM-DD")]
    [InlineData("invoices.csv", "I-3,C-1,issued,0001-01-01,,EUR,,,", "issued_on", "is no date; expected YYYY-MM-DD")]
    [InlineData("invoices.csv", "I-3,C-1,issued,2026-02-28,2026-02-27,EUR,,,", "due_on", "is before issued_on")]
    [InlineData("invoices.csv", "I-3,C-1,draft,,,eur,,,", "currency", "expected an ISO 4217 code")]
    [InlineData("invoices.csv", Invoice + "bob@two.example", "addressees", "is no contact of client C-1")]
    [InlineData("invoices.csv", Invoice + "ann@one.example;nobody", "addressees", "is no e-mail address")]
    [InlineData("invoice_lines.csv", "I-9,1,Work,1,1.00,19", "invoice_number", "\"I-9\" is unknown; expected an invoice")]
    [InlineData("invoice_lines.csv", "I-1,2,Work,1,1.00,19", "position", "is there twice")]
    [InlineData("invoice_lines.csv", "I-1,0,Work,1,1.00,19", "position", "expected a whole number from 1")]
    [InlineData("invoice_lines.csv", "I-1,3,Work,many,1.00,19", "quantity", "expected a number")]
    [InlineData("invoice_lines.csv", "I-1,3,Work,\"1,5\",1.00,19", "quantity", "expected a number")]
    [InlineData("invoice_lines.csv", "I-1,3,Work,1e3,1.00,19", "quantity", "expected a number")]
    [InlineData("invoice_lines.csv", "I-1,3,Work,1,1.005,19", "unit_price", "expected at most 2 for EUR")]
    [InlineData("invoice_lines.csv", "I-2,3,Work,1,1000.5,19", "unit_price", "expected at most 0 for JPY")]
    [InlineData("invoice_lines.csv", "I-1,3,Work,1000000000,1000000000,19", "quantity", "makes an amount of")]
    [InlineData("invoice_lines.csv", "I-1,3,Work,1,1.00,101", "tax_rate", "expected a number from 0 to 100")]
    [InlineData("payments.csv", "P-1,I-1,2026-02-03,full,card", "number", "is on line 2 already")]
    [InlineData("payments.csv", "P-3,I-9,2026-02-03,full,card", "invoice_number", "\"I-9\" is unknown")]
    [InlineData("payments.csv", "P-3,I-1,,full,card", "received_on", "is no date")]
    [InlineData("payments.csv", "P-3,I-1,2026-02-03,Full,card", "amount", "is no amount")]
    [InlineData("payments.csv", "P-3,I-1,2026-02-03,-1,card", "amount", "expected an amount from 0")]
    [InlineData("payments.csv", "P-3,I-2,2026-02-03,0.50,card", "amount", "expected at most 0 for JPY")]
    [InlineData("payments.csv", "P-3,I-1,2026-02-03,full,", "method", "is empty")]
    [InlineData("projects.csv", "PR-1,C-1,Alpha,active,50,,,,", "id", "is on line 2 already")]
    [InlineData("projects.csv", "PR-3,C-1,Alpha,busy,50,,,,", "status", "expected one of planned")]
    [InlineData("projects.csv", "PR-3,C-1,Alpha,active,101,,,,", "progress", "expected a whole number from 0 to 100")]
    [InlineData("projects.csv", "PR-3,C-1,Alpha,active,50,2026-02-02,2026-02-01,,", "due_on", "is before starts_on")]
    [InlineData("projects.csv", "PR-3,C-2,Alpha,active,50,,,10.5,", "budget", "expected at most 0 for JPY")]
    [InlineData("tickets.csv", "T-1,C-1,,Review,draft,,,,", "number", "is on line 2 already")]
    [InlineData("tickets.csv", "T-3,C-1,PR-9,Review,draft,,,,", "project", "\"PR-9\" is unknown")]
    [InlineData("tickets.csv", "T-3,C-1,PR-2,Review,draft,,,,", "project", "is another client's")]
    [InlineData("tickets.csv", "T-3,C-1,,Review,invoiced,,,,I-2", "invoice_number", "is another client's")]
    [InlineData("tickets.csv", "T-3,C-1,,Review,invoiced,,,,", "invoice_number", "is empty; expected the invoice")]
    [InlineData("tickets.csv", "T-3,C-1,,Review,approved,,,,I-1", "invoice_number", "is set; expected none")]
    [InlineData("tickets.csv", "T-3,C-1,,Review,draft,,-1,,", "hours", "expected a number from 0")]
    [InlineData("tickets.csv", "T-3,C-1,,Review,draft,,1,12.345,", "cost", "expected at most 2 for EUR")]
    [InlineData("events.csv", "C-1,,lunch,Soup,2026-03-01T09:00:00Z,2026-03-01T10:00:00Z,false,true", "kind", "expected one of meeting")]
    [InlineData("events.csv", "C-1,,other,Soup,2026-03-01T09:00:00Z,2026-03-01T08:00:00Z,false,true", "ends_at", "is before starts_at")]
    [InlineData("events.csv", "C-1,,other,Soup,2026-03-01T09:00:00,2026-03-01T10:00:00Z,false,true", "starts_at", "expected UTC")]
    [InlineData("events.csv", "C-1,PR-2,other,Soup,2026-03-01T09:00:00Z,2026-03-01T10:00:00Z,false,true", "project", "is another client's")]
    public async Task A_bad_row_is_named_by_file_line_and_column(string file, string row, string? column, string what)
    {
        using var folder = ImportFolder.WithTwoClients();
        folder.Append(file, row);
        var place = column is null ? $"{file}, line {folder.LastLine(file)}: " : $"{file}, line {folder.LastLine(file)}, column {column}: ";

        var result = await fixture.RefusedAsync(folder);

        var error = Assert.Single(result.Errors);
        Assert.StartsWith(place, error, StringComparison.Ordinal);
        Assert.Contains(what, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("clients.csv", "C-3,{0},active,false,EUR", "name", 200)]
    [InlineData("clients.csv", "{0},Third,active,false,EUR", "number", 60)]
    [InlineData("tickets.csv", "T-3,C-1,,{0},draft,,,,", "title", 300)]
    [InlineData("payments.csv", "P-3,I-1,2026-02-03,full,{0}", "method", 100)]
    public async Task A_text_may_have_so_many_characters_and_no_more(string file, string row, string column, int most)
    {
        // Characters, not UTF-16 units: the database counts them so.
        using var folder = ImportFolder.WithTwoClients();
        folder.Append(file, string.Format(null, row, string.Concat(Enumerable.Repeat("😀", most))));
        folder.Append(file, string.Format(null, row.Replace("-3", "-4", StringComparison.Ordinal), new string('x', most + 1)));

        var result = await fixture.RefusedAsync(folder);

        Assert.Equal($"{file}, line {folder.LastLine(file)}, column {column}: has {most + 1} characters; expected at most {most}", Assert.Single(result.Errors));
    }

    [Fact]
    public async Task What_refers_to_a_bad_row_is_not_blamed()
    {
        using var folder = ImportFolder.WithTwoClients();
        folder.Replace("clients.csv", "C-1,First,active", "C-1,First,Active");
        folder.Replace("contacts.csv", "bob@two.example,,none", "bob@two.example,,nothing");
        folder.Replace("invoices.csv", "I-2,C-2,draft,,,JPY,,,", "I-2,C-2,draft,,,JPY,,,bob@two.example");

        var result = await fixture.RefusedAsync(folder);

        Assert.Equal(["clients.csv, line 2, column status: \"Active\" is unknown; expected one of active, inactive", "contacts.csv, line 3, column invoices: \"nothing\" is unknown; expected one of none, addressed, all"], result.Errors);
    }

    [Fact]
    public async Task Every_column_of_a_row_and_every_file_is_looked_at()
    {
        using var folder = ImportFolder.WithTwoClients();
        folder.Append("clients.csv", "C-3,,x,y,z");
        folder.Append("events.csv", "C-1,,x,,y,z,a,b");

        var result = await fixture.RefusedAsync(folder);

        Assert.Equal(4 + 6, result.ErrorCount);
    }

    [Fact]
    public async Task The_first_hundred_are_listed_in_order_and_the_rest_counted()
    {
        using var folder = ImportFolder.WithTwoClients();
        folder.Append("events.csv", "late");
        folder.Append("clients.csv", string.Join('\n', Enumerable.Range(1, 120).Select(n => $"D-{n},Name,bad,false,EUR")));
        var database = await fixture.CreateDatabaseAsync();

        var (exitCode, output, errors) = await database.RunCommandAsync(folder.Path);

        var lines = errors.TrimEnd().Split('\n');
        Assert.Equal(2, exitCode);
        Assert.Equal("", output);
        Assert.Equal([.. Enumerable.Range(4, 100).Select(n => $"clients.csv, line {n}, column status: \"bad\" is unknown; expected one of active, inactive"), "and 21 more", "Nothing was written."], lines);
        await database.AssertEmptyAsync();
    }
}

using System.Text;
using ClientPortal.Testing;

namespace ClientPortal.Import.Tests;

[Collection(nameof(PortalFixture))]
public sealed class BadFileTests(PortalFixture fixture)
{
    [Fact]
    public async Task A_missing_file_is_named_and_what_it_would_have_held_is_not_missed()
    {
        using var folder = ImportFolder.WithTwoClients();
        File.Delete(folder.PathOf("contacts.csv"));

        var result = await fixture.RefusedAsync(folder);

        Assert.StartsWith("contacts.csv: the file is missing; expected a CSV file with the header client_number,name,email", Assert.Single(result.Errors), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("number,name,status,internal,currency", "Number,name,status,internal,currency")]
    [InlineData("number,name,status,internal,currency", "number;name;status;internal;currency")]
    [InlineData("number,name,status,internal,currency", "name,number,status,internal,currency")]
    [InlineData("number,name,status,internal,currency", "number,name,status,internal")]
    [InlineData("number,name,status,internal,currency\n", "")]
    public async Task A_wrong_header_is_shown_with_the_right_one(string right, string wrong)
    {
        using var folder = ImportFolder.WithTwoClients();
        folder.Replace("clients.csv", right, wrong);

        var result = await fixture.RefusedAsync(folder);

        var error = Assert.Single(result.Errors);
        Assert.StartsWith("clients.csv, line 1: the header is ", error, StringComparison.Ordinal);
        Assert.EndsWith("; expected number,name,status,internal,currency", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"")]
    public async Task A_file_without_a_header_is_refused(string content)
    {
        using var folder = ImportFolder.WithTwoClients();
        await File.WriteAllTextAsync(folder.PathOf("events.csv"), content);

        var result = await fixture.RefusedAsync(folder);

        Assert.StartsWith("events.csv, line 1: the header is ", Assert.Single(result.Errors), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    public async Task A_file_in_wide_characters_is_refused(string encoding)
    {
        using var folder = ImportFolder.WithTwoClients();
        folder.Recode("clients.csv", Encoding.GetEncoding(encoding));

        var result = await fixture.RefusedAsync(folder);

        Assert.Equal("clients.csv, line 1: is not UTF-8; expected a CSV file in UTF-8", Assert.Single(result.Errors));
    }

    [Fact]
    public async Task Bytes_that_are_not_UTF_8_are_named_by_line_and_column()
    {
        using var folder = ImportFolder.WithTwoClients();
        folder.Append("clients.csv", "C-3,\"Two\r\nlines é\",active,false,EUR");
        folder.Append("clients.csv", "C-4,Bücher,active,false,EUR");
        folder.Recode("clients.csv", Encoding.Latin1);

        var result = await fixture.RefusedAsync(folder);

        Assert.Collection(
            result.Errors,
            error => Assert.StartsWith("clients.csv, line 4, column name: ", error, StringComparison.Ordinal),
            error => Assert.Equal("clients.csv, line 6, column name: \"B\uFFFDcher\" is not UTF-8; expected a file in UTF-8", error));
    }

    [Fact]
    public async Task A_quotation_mark_left_open_in_a_long_file_is_named_and_the_file_given_up()
    {
        using var folder = ImportFolder.WithTwoClients();
        folder.Append("events.csv", "C-1,,other,\"Soup,2026-03-01T09:00:00Z,2026-03-01T10:00:00Z,false,true\n" + string.Concat(Enumerable.Repeat("C-1,,\n", 1_000_000)));

        var result = await fixture.RefusedAsync(folder);

        Assert.StartsWith("events.csv, line 4: is longer than 1000000 bytes", Assert.Single(result.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_one_line_and_exit_code_2()
    {
        var database = await fixture.CreateDatabaseAsync();

        var (exitCode, _, errors) = await database.RunCommandAsync("/nowhere/at/all");

        Assert.Equal(2, exitCode);
        Assert.Equal("There is no folder /nowhere/at/all to import from.", errors.Trim());
    }

    [Fact]
    public async Task What_spreadsheets_write_is_read_byte_order_mark_line_ends_quotes_and_blank_lines()
    {
        using var folder = ImportFolder.WithTwoClients();
        folder.Append("clients.csv", "\"C-3\",\"The \"\"Third\"\", Ltd\",active,false,EUR\n\n");
        folder.Append("invoices.csv", "I-3,C-3,issued,2026-01-31,,EUR,\"Dear all,\nthank you\",,");
        folder.Replace("clients.csv", "\n", "\r\n");
        folder.Recode("clients.csv", new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        var database = await fixture.CreateDatabaseAsync();

        await database.AddAsync(folder);

        Assert.Equal("The \"Third\", Ltd", (await database.QueryAsync("select name from clients.client where number = 'C-3'")).Single()[0]);
        Assert.Equal("Dear all,\nthank you", (await database.QueryAsync("select public_note from billing.invoice where number = 'I-3'")).Single()[0]);
    }
}

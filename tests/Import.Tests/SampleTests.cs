using System.Globalization;
using System.Numerics;
using ClientPortal.Testing;
using Microsoft.VisualBasic.FileIO;

namespace ClientPortal.Import.Tests;

/// <summary>The demo's folder, counted and computed here once more: another CSV reader, and amounts as fractions of whole numbers.</summary>
[Collection(nameof(PortalFixture))]
public sealed class SampleTests(PortalFixture fixture)
{
    // 10^-9 minor units: more decimals than any quantity of the sample has.
    private static readonly BigInteger Unit = BigInteger.Pow(10, 9);

    [Fact]
    public async Task Amounts_tax_and_payments_are_those_of_a_computation_in_whole_numbers()
    {
        using var folder = ImportFolder.OfDemo();
        var database = await fixture.CreateDatabaseAsync();
        await database.AddAsync(folder);

        var currencies = Read(folder, "invoices.csv").ToDictionary(i => i[0], i => i[5]);
        var expected = currencies.Keys.ToDictionary(number => number, _ => (Subtotal: 0L, Tax: 0L, Paid: 0L));
        foreach (var invoice in Read(folder, "invoice_lines.csv").GroupBy(line => line[0]))
        {
            var digits = currencies[invoice.Key] == "JPY" ? 0 : 2;
            var lines = invoice.Select(line => (Amount: HalfToEven(Scaled(line[3], 9) * Scaled(line[4], digits), Unit), Rate: Scaled(line[5], 9))).ToList();
            var tax = lines.GroupBy(line => line.Rate).Aggregate(BigInteger.Zero, (sum, rate) => sum + HalfToEven(rate.Aggregate(BigInteger.Zero, (s, l) => s + l.Amount) * rate.Key, 100 * Unit));
            expected[invoice.Key] = ((long)lines.Aggregate(BigInteger.Zero, (s, l) => s + l.Amount), (long)tax, 0);
        }

        foreach (var payment in Read(folder, "payments.csv"))
        {
            var (subtotal, tax, paid) = expected[payment[1]];
            var amount = payment[3] == "full" ? subtotal + tax : (long)Scaled(payment[3], currencies[payment[1]] == "JPY" ? 0 : 2);
            expected[payment[1]] = (subtotal, tax, paid + amount);
        }

        var stored = (await database.QueryAsync("select number, subtotal, tax, paid, total from billing.invoice")).ToDictionary(row => (string)row[0], row => ((long)row[1], (long)row[2], (long)row[3]));
        Assert.NotEmpty(stored);
        Assert.Equal(expected.OrderBy(i => i.Key, StringComparer.Ordinal), stored.Select(i => KeyValuePair.Create(i.Key, (Subtotal: i.Value.Item1, Tax: i.Value.Item2, Paid: i.Value.Item3))).OrderBy(i => i.Key, StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_row_is_there_and_a_second_import_changes_nothing()
    {
        using var folder = ImportFolder.OfDemo();
        var database = await fixture.CreateDatabaseAsync();

        var first = await database.ImportAsync(folder);
        var content = await database.ContentAsync();
        var second = await database.ImportAsync(folder);

        var contacts = Read(folder, "contacts.csv").Count;
        Assert.All(first.Files, file => Assert.Equal((Read(folder, file.Name).Count, 0), (file.Added, file.Present)));
        Assert.All(second.Files, file => Assert.Equal((0, Read(folder, file.Name).Count), (file.Added, file.Present)));
        Assert.Equal(8, second.Files.Count);
        Assert.Equal(first.Files.Sum(file => file.Added) + (contacts * 4) + Read(folder, "invoices.csv").Sum(i => i[8].Split(';', StringSplitOptions.RemoveEmptyEntries).Length), content.Values.Sum(table => table.Rows));
        Assert.Equal(content, await database.ContentAsync());
    }

    [Fact]
    public async Task What_staff_changed_since_stays_as_they_left_it()
    {
        using var folder = ImportFolder.OfDemo();
        var database = await fixture.CreateDatabaseAsync();
        await database.AddAsync(folder);
        await database.ExecuteAsync("""
            update clients.visibility set level = 'NONE', notify = not notify;
            delete from clients.visibility where kind = 'EVENT';
            delete from clients.addressee;
            update clients.client set name = 'Renamed', currency = 'JPY';
            update clients.contact set job_title = 'Director', name = name || ' jr.' where email is not null;
            delete from billing.invoice_line where position = 1;
            update projects.ticket set status = 'REJECTED' where status = 'SUBMITTED';
            """);
        var content = await database.ContentAsync();

        await database.AddAsync(folder);

        Assert.Equal(content, await database.ContentAsync());
    }

    [Fact]
    public async Task A_host_in_demo_mode_fills_an_empty_portal_once()
    {
        var database = await fixture.CreateDatabaseAsync();
        await using (await fixture.StartPortalAsync(database, ("Portal:Demo", "true"), ("ConnectionStrings:Migrator", database.ConnectionStrings["Migrator"])))
        {
            using var folder = ImportFolder.OfDemo();
            Assert.Equal(Read(folder, "clients.csv").Count, (await database.ContentAsync())["clients.client"].Rows);
        }

        await database.ExecuteAsync("delete from calendar.event");
        await using (await fixture.StartPortalAsync(database, ("Portal:Demo", "true"), ("ConnectionStrings:Migrator", database.ConnectionStrings["Migrator"])))
        {
            Assert.Equal(0, (await database.ContentAsync())["calendar.event"].Rows);
        }
    }

    private static List<string[]> Read(ImportFolder folder, string file)
    {
        using var parser = new TextFieldParser(folder.PathOf(file)) { TrimWhiteSpace = false };
        parser.SetDelimiters(",");
        parser.ReadFields();
        var rows = new List<string[]>();
        while (!parser.EndOfData)
        {
            rows.Add(parser.ReadFields()!); // not at the end
        }

        return rows;
    }

    private static BigInteger Scaled(string text, int digits)
    {
        var parts = text.Split('.');
        return BigInteger.Parse(parts[0] + (parts.Length > 1 ? parts[1] : "").PadRight(digits, '0'), CultureInfo.InvariantCulture);
    }

    private static BigInteger HalfToEven(BigInteger number, BigInteger divisor)
    {
        var (quotient, rest) = BigInteger.DivRem(number, divisor);
        var side = (rest * 2).CompareTo(divisor);
        return side > 0 || (side == 0 && !quotient.IsEven) ? quotient + 1 : quotient;
    }
}

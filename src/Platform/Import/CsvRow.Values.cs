using System.Globalization;

namespace ClientPortal.Platform.Import;

// Numbers, amounts, dates and times.
public sealed partial class CsvRow
{
    // Nine decimals and sums below 2^63 fit System.Decimal without rounding.
    private const int MostDecimals = 9;
    private const decimal LargestNumber = 1_000_000_000_000m;

    /// <summary>In minor units. Nothing that an invoice says is larger, so sums of amounts stay far from the end of 64 bits.</summary>
    public const long LargestAmount = 1_000_000_000_000_000;

    // From 1900 on: what lies before is a slip of the pen, and year 1 is "-infinity" to the database driver.
    private static readonly DateOnly Earliest = new(1900, 1, 1);
    private static readonly DateOnly Latest = new(2999, 12, 31);

    private static readonly string[] Instants = ["yyyy-MM-dd'T'HH:mm'Z'", "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'"];

    /// <summary>A whole number.</summary>
    public int WholeNumber(string column, int min, int max)
    {
        var text = this[column];
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) || number < min || number > max)
        {
            Fail(column, $"{Quote(text)} does not fit; expected a whole number from {Say(min)} to {Say(max)}");
        }

        return number;
    }

    /// <summary>A number with at most nine decimals.</summary>
    public decimal Number(string column, decimal min = -LargestNumber, decimal max = LargestNumber)
    {
        var text = this[column];
        if (!TryNumber(text, out var number) || number.Scale > MostDecimals || number < min || number > max)
        {
            Fail(column, $"{Quote(text)} does not fit; expected a number from {Say(min)} to {Say(max)} with at most {Say(MostDecimals)} decimals, such as 1.5");
            return 0;
        }

        return number;
    }

    /// <summary>A number, or null when empty.</summary>
    public decimal? OptionalNumber(string column, decimal min = -LargestNumber, decimal max = LargestNumber) =>
        this[column].Length == 0 ? null : Number(column, min, max);

    /// <summary>An amount of money in the currency's major unit; given back in whole minor units. Without a currency it is only looked at: the row it belongs to is bad, or not to be written.</summary>
    public long Amount(string column, string? currency, bool negative = false)
    {
        var text = this[column];
        if (!TryNumber(text, out var amount))
        {
            Fail(column, $"{Quote(text)} is no amount; expected one such as 12.50");
            return 0;
        }

        if (currency is null)
        {
            return 0;
        }

        if (Math.Abs(amount) > LargestNumber || (amount < 0 && !negative))
        {
            Fail(column, $"{Quote(text)} does not fit; expected an amount from {(negative ? Say(-LargestNumber) : "0")} to {Say(LargestNumber)}");
            return 0;
        }

        if (!Currencies.IsWhole(amount, currency))
        {
            Fail(column, $"{Quote(text)} has too many decimals; expected at most {Say(Currencies.MinorUnitDigits(currency))} for {currency}");
            return 0;
        }

        return FitMinorUnits(column, amount * Currencies.ToMinorUnits(1, currency));
    }

    /// <summary>An amount, or null when empty.</summary>
    public long? OptionalAmount(string column, string? currency) => this[column].Length == 0 ? null : Amount(column, currency);

    /// <summary>Whole minor units of a computed amount, rounded half to even; one that is too large is reported at the column.</summary>
    public long FitMinorUnits(string column, decimal minorUnits)
    {
        var rounded = decimal.Round(minorUnits, 0, MidpointRounding.ToEven);
        if (Math.Abs(rounded) > LargestAmount)
        {
            Fail(column, $"makes an amount of {Say(rounded)} minor units; expected at most {Say(LargestAmount)}");
            return 0;
        }

        return (long)rounded;
    }

    /// <summary>A date.</summary>
    public DateOnly Date(string column)
    {
        var text = this[column];
        if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) || date < Earliest || date > Latest)
        {
            Fail(column, $"{Quote(text)} is no date; expected YYYY-MM-DD such as 2026-01-31, from 1900 on");
        }

        return date;
    }

    /// <summary>A date, or null when empty.</summary>
    public DateOnly? OptionalDate(string column) => this[column].Length == 0 ? null : Date(column);

    /// <summary>A moment in UTC.</summary>
    public DateTime Instant(string column)
    {
        var text = this[column];
        const DateTimeStyles utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (!DateTime.TryParseExact(text, Instants, CultureInfo.InvariantCulture, utc, out var moment) || DateOnly.FromDateTime(moment) is var date && (date < Earliest || date > Latest))
        {
            Fail(column, $"{Quote(text)} is no time; expected UTC such as 2026-01-31T09:30:00Z");
        }

        return moment;
    }

    private static bool TryNumber(string text, out decimal number)
    {
        number = 0;
        // Longer ones would be rounded in silence.
        return text.Length <= 28 && decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);
    }

    private static string Say(decimal number) => number.ToString(CultureInfo.InvariantCulture);
}

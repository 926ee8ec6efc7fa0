namespace ClientPortal.Platform;

/// <summary>An amount in major units (euros, yen) with its ISO 4217 currency. Stored as whole minor units.</summary>
public sealed record Money(decimal Amount, string Currency)
{
    /// <summary>From whole minor units; the amount carries as many decimals as the currency has, so 1250 cents are 12.50.</summary>
    public static Money FromMinorUnits(long minorUnits, string currency)
    {
        var n = Math.Abs((decimal)minorUnits);
        var bits = decimal.GetBits(n);
        return new Money(new decimal(bits[0], bits[1], bits[2], minorUnits < 0, (byte)Currencies.MinorUnitDigits(currency)), currency);
    }
}

namespace ClientPortal.Platform;

/// <summary>ISO 4217: how many decimals a currency's minor unit has.</summary>
public static class Currencies
{
    // ISO 4217, list one, column "minor unit"; every other currency has two.
    private static readonly Dictionary<string, int> Exceptions = new(StringComparer.Ordinal)
    {
        ["BIF"] = 0, ["CLP"] = 0, ["DJF"] = 0, ["GNF"] = 0, ["ISK"] = 0, ["JPY"] = 0, ["KMF"] = 0, ["KRW"] = 0, ["PYG"] = 0,
        ["RWF"] = 0, ["UGX"] = 0, ["UYI"] = 0, ["VND"] = 0, ["VUV"] = 0, ["XAF"] = 0, ["XOF"] = 0, ["XPF"] = 0,
        ["BHD"] = 3, ["IQD"] = 3, ["JOD"] = 3, ["KWD"] = 3, ["LYD"] = 3, ["OMR"] = 3, ["TND"] = 3, ["CLF"] = 4, ["UYW"] = 4,
    };

    /// <summary>0 for the yen, 2 for the euro, 3 for the dinar of Kuwait.</summary>
    public static int MinorUnitDigits(string currency) => Exceptions.GetValueOrDefault(currency, 2);

    /// <summary>Whole minor units of an amount, rounded half to even.</summary>
    /// <exception cref="OverflowException">The amount does not fit 64 bits.</exception>
    public static long ToMinorUnits(decimal amount, string currency) =>
        (long)decimal.Round(amount * Factor(currency), 0, MidpointRounding.ToEven);

    /// <summary>Whether the amount has no more decimals than the currency's minor unit.</summary>
    public static bool IsWhole(decimal amount, string currency) => decimal.Truncate(amount * Factor(currency)) == amount * Factor(currency);

    private static decimal Factor(string currency) => MinorUnitDigits(currency) switch { 0 => 1m, 2 => 100m, 3 => 1000m, _ => 10000m };
}

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

    // ISO 4217, list one, without the codes that are no money (gold, testing). Those that left it lately stay for old records.
    private static readonly HashSet<string> Codes = new("""
        AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW
        CLF CLP CNY COP COU CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG
        HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK
        MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR
        SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD USN UYI UYU UYW
        UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG
        ANG CUC HRK SLL ZWL
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries), StringComparer.Ordinal);

    /// <summary>Whether this is the code of a currency: <c>EUR</c>, not <c>eur</c> or <c>EURO</c>.</summary>
    public static bool IsKnown(string code) => Codes.Contains(code);

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

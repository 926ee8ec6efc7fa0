using System.Globalization;

namespace ClientPortal.GraphQL.Types;

/// <summary>
/// Numbers where the specification wants text of them. How it looks it leaves open (3.5.3); this is how the reference
/// implementation writes them: ECMA-262, Number::toString.
/// </summary>
internal static class NumberText
{
    /// <summary>The shortest text that reads as this number, which is finite; with an exponent from 1e21 up and below 1e-6.</summary>
    public static string Of(double number)
    {
        // .NET finds the same digits, and puts them down differently: 1E+15, 1E-05.
        var text = Math.Abs(number).ToString("R", CultureInfo.InvariantCulture).AsSpan();
        var exponentAt = text.IndexOf('E');
        var mantissa = exponentAt < 0 ? text : text[..exponentAt];
        var pointAt = mantissa.IndexOf('.') is var at and >= 0 ? at : mantissa.Length;
        var all = mantissa.ToString().Replace(".", "", StringComparison.Ordinal);
        var digits = all.TrimStart('0').TrimEnd('0');
        if (digits.Length == 0)
        {
            return "0"; // -0, too
        }

        // The number is 0.digits times ten to the power of this.
        var power = pointAt - (all.Length - all.TrimStart('0').Length) + (exponentAt < 0 ? 0 : int.Parse(text[(exponentAt + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture));
        return (number < 0 ? "-" : "") + power switch
        {
            > 21 or <= -6 => $"{digits[0]}{(digits.Length > 1 ? "." : "")}{digits[1..]}e{(power > 0 ? "+" : "")}{(power - 1).ToString(CultureInfo.InvariantCulture)}",
            <= 0 => $"0.{new string('0', -power)}{digits}",
            _ when digits.Length <= power => digits.PadRight(power, '0'),
            _ => $"{digits[..power]}.{digits[power..]}",
        };
    }
}

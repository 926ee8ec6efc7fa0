using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using ClientPortal.GraphQL.Execution;

namespace ClientPortal.GraphQL.Types;

/// <summary>An exact decimal number with its scale; a JSON number. Numeric strings are accepted, because JSON libraries may round numbers.</summary>
internal sealed class DecimalScalar() : ScalarType<decimal>("Decimal")
{
    protected override bool TryParse(string text, JsonValueKind kind, out decimal value)
    {
        value = 0;
        return kind is JsonValueKind.Number or JsonValueKind.String && decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value);
    }

    protected override void Write(Utf8JsonWriter json, decimal value) => json.WriteNumberValue(value);

    internal override void WriteResult(JsonOutput json, object value) => json.Number((decimal)value);
}

/// <summary>A moment, RFC 3339. Input needs an offset; output is UTC in milliseconds.</summary>
internal sealed class DateTimeScalar : ScalarType<DateTimeOffset>
{
    private static readonly string[] Formats = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK"];

    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    public DateTimeScalar()
        : base("DateTime") => SpecifiedBy = "https://scalars.graphql.org/andimarek/date-time.html";

    protected override bool TryParse(string text, JsonValueKind kind, out DateTimeOffset value)
    {
        value = default;
        // Without an offset the moment would depend on where the host runs.
        var hasOffset = text.EndsWith('Z') || text.EndsWith('z') || text.LastIndexOfAny(['+', '-']) > 10;
        return kind == JsonValueKind.String && hasOffset && DateTimeOffset.TryParseExact(text.Replace('t', 'T').Replace('z', 'Z'), Formats, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out value);
    }

    protected override void Write(Utf8JsonWriter json, DateTimeOffset value) => json.WriteStringValue(value.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture));

    internal override void WriteResult(JsonOutput json, object value) => json.Milliseconds(((DateTimeOffset)value).UtcDateTime);
}

/// <summary>A calendar day, YYYY-MM-DD.</summary>
internal sealed class DateScalar() : ScalarType<DateOnly>("Date")
{
    private const string Format = "yyyy-MM-dd";

    protected override bool TryParse(string text, JsonValueKind kind, out DateOnly value)
    {
        value = default;
        return kind == JsonValueKind.String && DateOnly.TryParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out value);
    }

    protected override void Write(Utf8JsonWriter json, DateOnly value) => json.WriteStringValue(value.ToString(Format, CultureInfo.InvariantCulture));

    internal override void WriteResult(JsonOutput json, object value) => json.Plain((DateOnly)value, "O"); // the same text, found faster
}

/// <summary>An absolute address.</summary>
internal sealed class UrlScalar() : ScalarType<Uri>("URL")
{
    protected override bool TryParse(string text, JsonValueKind kind, [MaybeNullWhen(false)] out Uri value)
    {
        value = null;
        return kind == JsonValueKind.String && Uri.TryCreate(text, UriKind.Absolute, out value);
    }

    protected override void Write(Utf8JsonWriter json, Uri value) => json.WriteStringValue(value.AbsoluteUri);
}

/// <summary>Text in a format that can be told from its characters alone.</summary>
internal abstract class FormattedText(string name) : ScalarType<string>(name)
{
    protected abstract bool IsValid(string text);

    protected sealed override bool TryParse(string text, JsonValueKind kind, [MaybeNullWhen(false)] out string value)
    {
        value = text;
        return kind == JsonValueKind.String && IsValid(text);
    }

    protected sealed override void Write(Utf8JsonWriter json, string value) => json.WriteStringValue(value);

    internal sealed override void WriteResult(JsonOutput json, object value) => json.String((string)value);
}

/// <summary>An e-mail address: one @, something on both sides, no spaces or control characters, at most 254 characters (RFC 5321). Whether it takes mail is known only by sending.</summary>
internal sealed partial class EmailAddressScalar() : FormattedText("EmailAddress")
{
    protected override bool IsValid(string text) => text.Length <= 254 && Format().IsMatch(text);

    [GeneratedRegex(@"^[^@\s\p{Cc}<>,;:""\\()\[\]]{1,64}@[^@\s\p{Cc}<>,;:""\\()\[\]]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Format();
}

/// <summary>An ISO 4217 code: three upper-case letters.</summary>
internal sealed class CurrencyCodeScalar() : FormattedText("CurrencyCode")
{
    protected override bool IsValid(string text) => text.Length == 3 && text.All(char.IsAsciiLetterUpper);
}

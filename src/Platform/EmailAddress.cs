using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace ClientPortal.Platform;

/// <summary>
/// An e-mail address in three forms: as mail is addressed to it (byte for byte as it was given, but for a dot at its end), as
/// sign-ins are compared, and the mailbox that mail limits count.
/// </summary>
public sealed class EmailAddress
{
    private static readonly IdnMapping Idn = new() { AllowUnassigned = false, UseStd3AsciiRules = true };

    private EmailAddress(string text, string signInKey, string recipientKey)
    {
        Text = text;
        SignInKey = signInKey;
        RecipientKey = recipientKey;
    }

    /// <summary>The address as given, without a dot at its end.</summary>
    public string Text { get; }

    /// <summary>NFKC, lower case, domain in IDNA form: two spellings of one address are equal.</summary>
    public string SignInKey { get; }

    /// <summary>The sign-in key without a <c>+tag</c>, and without dots at Gmail: all that reaches one mailbox is one recipient.</summary>
    public string RecipientKey { get; }

    /// <summary>
    /// Reads one bare address, at most 254 characters: no display name, no list, no comment, no control character and no
    /// quoted local part (so nothing in it can become another recipient or header line). A dot at its end, a sentence's or that of
    /// a domain as DNS writes it, is left out: mail servers may refuse it (RFC 5321, section 4.1.2, has none).
    /// </summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out EmailAddress? address)
    {
        address = null;
        if (text is null)
        {
            return false;
        }

        var bare = text.EndsWith('.') ? text[..^1] : text;
        if (bare.Length is < 3 or > 254 || !IsWellFormed(bare))
        {
            return false;
        }

        var normal = bare.Normalize(NormalizationForm.FormKC).ToLowerInvariant();
        var at = normal.LastIndexOf('@');
        if (at <= 0 || normal.IndexOf('@', StringComparison.Ordinal) != at || !IsLocalPart(normal[..at]) || !TryDomain(normal[(at + 1)..], out var domain))
        {
            return false;
        }

        var local = normal[..at];
        var mailbox = local.IndexOf('+', 1) is var plus and > 0 ? local[..plus] : local;
        var mailDomain = domain;
        if (domain is "gmail.com" or "googlemail.com")
        {
            mailbox = mailbox.Replace(".", "", StringComparison.Ordinal);
            mailDomain = "gmail.com";
        }

        address = new EmailAddress(bare, $"{local}@{domain}", $"{mailbox}@{mailDomain}");
        return true;
    }

    // A lone surrogate cannot be normalised, nor stored as UTF-8.
    private static bool IsWellFormed(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune == Rune.ReplacementChar || Rune.IsControl(rune) || Rune.IsWhiteSpace(rune))
            {
                return false;
            }
        }

        return true;
    }

    // RFC 5322 dot-atom, with letters of any script (RFC 6531).
    private static bool IsLocalPart(string local) =>
        local.Length <= 64 && local[0] != '.' && local[^1] != '.' && !local.Contains("..", StringComparison.Ordinal) &&
        local.EnumerateRunes().All(r => Rune.IsLetterOrDigit(r) || Rune.GetUnicodeCategory(r) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark ||
            (r.IsAscii && "!#$%&'*+-/=?^_`{|}~.".Contains((char)r.Value, StringComparison.Ordinal)));

    private static bool TryDomain(string text, out string domain)
    {
        domain = "";
        try
        {
            domain = Idn.GetAscii(text).ToLowerInvariant();
            return domain.Split('.').All(l => l.Length is >= 1 and <= 63) && domain.Length <= 253;
        }
        catch (ArgumentException)
        {
            return false; // the only way the framework says that a name is not a host name
        }
    }
}

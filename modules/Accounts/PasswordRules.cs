using System.Collections.Frozen;
using System.Text;
using System.Text.RegularExpressions;

namespace ClientPortal.Accounts;

/// <summary>
/// What NIST SP 800-63B, section 5.1.1.2, asks of a password and no more: a length, and that it is not one that is guessed
/// first. No rule about kinds of characters: such rules make passwords worse.
/// </summary>
internal static partial class PasswordRules
{
    public const int MinLength = 12;
    public const int MaxLength = 256; // far beyond any passphrase; hashing must not become a way to burn the processor

    // How much must be left of a password when everything that guessers try first is taken out of it.
    private const int MinUnpredictable = 5;

    private static readonly string[] Rows = ["01234567890", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "qwertzuiop", "azertyuiop", "asdfghjkl", "zxcvbnm", "yxcvbnm", "1q2w3e4r5t6y7u8i9o0p", "1qaz2wsx3edc4rfv5tgb6yhn"];

    // What passwords are put together from. Longest first, so that of "password" not only "pass" is taken out.
    private static readonly string[] Words = [.. Read("CommonWords.txt").OrderByDescending(w => w.Length)];

    // Whole passwords, thousands of them: a sentence may well hold one as a word.
    private static readonly FrozenSet<string> Passwords = Read("CommonPasswords.txt").ToFrozenSet(StringComparer.Ordinal);

    /// <summary>What is wrong with the password, or null.</summary>
    /// <param name="password">The password.</param>
    /// <param name="known">What an attacker knows: the names of person and portal, the address.</param>
    public static string? Refuse(string password, params string?[] known) => password.Length switch
    {
        < MinLength => $"The password is too short: use at least {MinLength} characters. A few unrelated words make a good one.",
        > MaxLength => $"The password is too long: use at most {MaxLength} characters.",
        _ when !IsWellFormed(password) => "The password holds a character that cannot be typed. Use letters, digits, signs and spaces.",
        _ when Unpredictable(password, known) < MinUnpredictable => "This password would be guessed soon: it is made of well-known passwords, sequences, repetitions or names. A few unrelated words make a good one.",
        _ => null,
    };

    private static int Unpredictable(string password, string?[] known)
    {
        var plain = Fold(password);
        // Digits and signs around words add next to nothing, and letters' look-alikes nothing at all: judged by both readings.
        return Math.Min(Left(plain, known), Left(Unleet(plain), known));
    }

    private static int Left(string text, string?[] known)
    {
        text = WithoutPassword(text);
        foreach (var word in known.Where(k => k is not null).SelectMany(k => Fold(k!).Split([' ', '.', '@', '-', '_', '+'])).Where(w => w.Length >= 4).OrderByDescending(w => w.Length)) // the filter before leaves no null
        {
            text = text.Replace(word, " ", StringComparison.Ordinal);
        }

        foreach (var word in Words)
        {
            text = text.Replace(word, " ", StringComparison.Ordinal);
        }

        return WithoutRuns(text).Where(char.IsLetterOrDigit).Distinct().Count();
    }

    // Takes out a common password, also one that is said twice, that digits and signs stand around.
    private static string WithoutPassword(string text)
    {
        if (Passwords.Contains(text))
        {
            return "";
        }

        var core = Core().Match(text).Value;
        return Passwords.Contains(core) || (Repeated().Match(core) is { Success: true } twice && Passwords.Contains(twice.Groups[1].Value))
            ? text.Replace(core, " ", StringComparison.Ordinal)
            : text;
    }

    // Takes out four and more in a row: of a keyboard's or the alphabet's order, in either direction.
    private static string WithoutRuns(string text)
    {
        var left = new StringBuilder();
        for (var i = 0; i < text.Length;)
        {
            var run = RunAt(text, i);
            left.Append(run >= 4 ? " " : text[i]);
            i += run >= 4 ? run : 1;
        }

        return left.ToString();
    }

    private static int RunAt(string text, int start)
    {
        var longest = 1;
        foreach (var row in Rows)
        {
            foreach (var step in (ReadOnlySpan<int>)[1, -1])
            {
                for (var at = row.IndexOf(text[start], StringComparison.Ordinal); at >= 0; at = row.IndexOf(text[start], at + 1))
                {
                    var length = 1;
                    while (start + length < text.Length && at + (step * length) is var next && next >= 0 && next < row.Length && row[next] == text[start + length])
                    {
                        length++;
                    }

                    longest = Math.Max(longest, length);
                }
            }
        }

        return longest;
    }

    private static string Fold(string text) => text.Normalize(NormalizationForm.FormKC).ToLowerInvariant();

    private static string Unleet(string text) => string.Create(text.Length, text, static (to, from) =>
    {
        for (var i = 0; i < from.Length; i++)
        {
            to[i] = from[i] switch { '0' => 'o', '1' or '!' => 'i', '3' => 'e', '4' or '@' => 'a', '5' or '$' => 's', '7' => 't', var c => c };
        }
    });

    private static bool IsWellFormed(string text) => text.EnumerateRunes().All(r => r != Rune.ReplacementChar && r.Value != 0);

    private static string[] Read(string list)
    {
        using var stream = typeof(PasswordRules).Assembly.GetManifestResourceStream(list) ?? throw new InvalidOperationException($"The list {list} is not in the assembly.");
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n').Where(line => !line.StartsWith('#')).SelectMany(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))];
    }

    [GeneratedRegex(@"\p{L}.*\p{L}", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Core();

    // Once and again, with nothing but digits and signs between.
    [GeneratedRegex(@"^(\p{L}.*\p{L})[^\p{L}]*\1$", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Repeated();
}

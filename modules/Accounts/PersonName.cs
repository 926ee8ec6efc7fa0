using System.Text;
using ClientPortal.Platform.Errors;

namespace ClientPortal.Accounts;

internal static class PersonName
{
    /// <summary>Null when it can be a person's name.</summary>
    public static ValidationError? Refuse(string name) =>
        string.IsNullOrWhiteSpace(name) || name.Length > 200 || name.EnumerateRunes().Any(r => Rune.IsControl(r) || r == Rune.ReplacementChar)
            ? new ValidationError("A name has 1 to 200 characters and no line break.", "input.name")
            : null;
}

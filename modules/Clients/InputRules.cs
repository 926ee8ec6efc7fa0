using System.Globalization;
using System.Text;
using ClientPortal.GraphQL;
using ClientPortal.Platform;
using ClientPortal.Platform.Errors;

namespace ClientPortal.Clients;

/// <summary>Collects everything that is wrong with an input, so that a form can show all of it at once. The lengths are the columns'.</summary>
internal sealed class InputRules
{
    private const int NameLength = 200;
    private const int NumberLength = 60;
    private const int JobTitleLength = 200;
    private const int NoteLength = 20_000;

    private readonly List<UserError> _violations = [];

    public IReadOnlyList<UserError> Violations => _violations;

    public string Name(string name) => Line(name, "input.name", NameLength);

    public string Number(string number) => Line(number, "input.number", NumberLength);

    public string JobTitle(string title) => Line(title, "input.jobTitle", JobTitleLength);

    public string InternalNote(string note)
    {
        Refuse(note.Length > NoteLength, "input.internalNote", $"Use at most {NoteLength} characters.");
        Refuse(note.EnumerateRunes().Any(r => IsUnfit(r) && r.Value is not ('\n' or '\r' or '\t')), "input.internalNote", "Leave out control characters.");
        return note;
    }

    public string Currency(string code)
    {
        Refuse(!Currencies.IsKnown(code), "input.currency", "Give the code of a currency (ISO 4217), e.g. EUR.");
        return code;
    }

    public EmailAddress? Email(string email)
    {
        Refuse(!EmailAddress.TryParse(email, out var address), "input.email", "Give one bare e-mail address, e.g. name@example.com.");
        return address;
    }

    public IReadOnlyList<KindAccessInput> Access(IReadOnlyList<KindAccessInput> access)
    {
        Refuse(access.DistinctBy(a => a.Kind).Count() < access.Count, "input.access", "Name each kind at most once.");
        return access;
    }

    private string Line(string text, string field, int maxLength)
    {
        var line = text.Trim();
        Refuse(line.Length == 0, field, "It must not be blank.");
        Refuse(line.EnumerateRunes().Count() > maxLength, field, $"Use at most {maxLength} characters."); // counted as PostgreSQL counts
        Refuse(line.EnumerateRunes().Any(IsUnfit), field, "Leave out line breaks and control characters.");
        return line;
    }

    private void Refuse(bool isWrong, string field, string message)
    {
        if (isWrong)
        {
            _violations.Add(new ValidationError(message, field));
        }
    }

    // The replacement character stands for a lone surrogate, which cannot be stored. Separators would break a line as well.
    private static bool IsUnfit(Rune rune) =>
        rune == Rune.ReplacementChar || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}

using Npgsql;

namespace ClientPortal.Platform.Database;

/// <summary>
/// Under whose rights a branch of a request reads: a role, the session's token and, for contacts, which of the person's
/// contacts is meant. The token is derived from the session's secret, and the database checks both at every statement.
/// </summary>
public sealed record DbSession(DbRole Role, string? Token, Guid? ContactId = null)
{
    /// <summary>Nobody: every table is empty.</summary>
    public static DbSession Nobody { get; } = new(DbRole.Contact, null);

    /// <summary>Whether this branch reads as staff.</summary>
    public bool IsStaff => Role == DbRole.Staff;

    /// <summary>The statement that tells the database who is asking; its settings end with the transaction.</summary>
    internal const string SetContext = "select set_config('portal.token', @portal_token, true), set_config('portal.contact', @portal_contact, true);\n";

    internal IEnumerable<NpgsqlParameter> ContextParameters =>
    [
        new NpgsqlParameter<string>("portal_token", Token ?? ""),
        new NpgsqlParameter<string>("portal_contact", ContactId?.ToString("D") ?? ""),
    ];

    /// <summary>The same with positional parameters, for a batch.</summary>
    internal NpgsqlBatchCommand ContextCommand() => new("select set_config('portal.token', $1, true), set_config('portal.contact', $2, true)")
    {
        Parameters =
        {
            new NpgsqlParameter<string> { TypedValue = Token ?? "" },
            new NpgsqlParameter<string> { TypedValue = ContactId?.ToString("D") ?? "" },
        },
    };

    /// <summary>Never shows the token.</summary>
    public override string ToString() => $"{Role} {ContactId}";
}

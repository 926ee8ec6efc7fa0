using ClientPortal.Platform.Asking;
using Npgsql;

namespace ClientPortal.Platform.Database;

/// <summary>
/// Under whose rights a branch of a request reads: a role, the session's token and, for contacts, which of the person's
/// contacts is meant. The token is derived from the session's secret, and the database checks both at every statement.
/// </summary>
/// <param name="Role">The role whose connections are used.</param>
/// <param name="Token">The session's token; none for nobody's.</param>
/// <param name="ContactId">For contacts: which one.</param>
/// <param name="Picked">The kinds of record of which that contact sees some rather than all, as the database lists them; null when that is not known. It only chooses a way (<see cref="RecordTable"/>).</param>
public sealed record DbSession(DbRole Role, string? Token, Guid? ContactId = null, string? Picked = null)
{
    /// <summary>Nobody: every table is empty.</summary>
    public static DbSession Nobody { get; } = new(DbRole.Contact, null);

    /// <summary>What the request takes for granted of whose session it is; null when that was read for this request.</summary>
    internal Assumption? Assumption { get; init; }

    /// <summary>Whether the contact may see some of the kind rather than all; never so for staff.</summary>
    internal bool Picks(string kind) => ContactId is not null && (Picked is null || Picked.Split(',').Contains(kind, StringComparer.Ordinal));

    /// <summary>Whether this branch reads as staff.</summary>
    public bool IsStaff => Role == DbRole.Staff;

    /// <summary>The statement that tells the database who is asking; its settings end with the transaction, so it goes first in every batch. It answers whether the assumption holds; null when that is not asked.</summary>
    internal NpgsqlBatchCommand ContextCommand() => new("select ctx.ask($1, $2, $3)")
    {
        Parameters =
        {
            new NpgsqlParameter<string> { TypedValue = Token ?? "" },
            new NpgsqlParameter<string> { TypedValue = ContactId?.ToString("D") ?? "" },
            new NpgsqlParameter<byte[]> { TypedValue = Assumption is { Holds: null } assumption ? assumption.Digest : null },
        },
    };

    /// <summary>Never shows the token.</summary>
    public override string ToString() => $"{Role} {ContactId}";
}

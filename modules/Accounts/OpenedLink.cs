using ClientPortal.Platform.Database;

namespace ClientPortal.Accounts;

internal enum LinkKind
{
    PasswordReset,
    StaffInvitation,
    EmailChange,
}

/// <summary>A live link, as its holder may know it.</summary>
internal sealed record OpenedLink(LinkKind Kind, string Name, string Email, string? NewEmail, DateTimeOffset ExpiresAt)
{
    /// <summary>Whether it lets its holder choose a password.</summary>
    public bool SetsPassword => Kind is LinkKind.PasswordReset or LinkKind.StaffInvitation;

    /// <summary>Looks the link up and consumes nothing; null when it is unknown, used, replaced or expired, which all look alike.</summary>
    public static async Task<OpenedLink?> FindAsync(DataSources sources, string token, CancellationToken cancellationToken) =>
        (await sources.QueryAsync(
            DbRole.Auth,
            $"select kind, name, email, new_email, expires_at from accounts.open_link({AccountLinks.HashOf(token)})",
            r => new OpenedLink(Stored.Value<LinkKind>(r.GetString(0)), r.GetString(1), r.GetString(2), r.IsDBNull(3) ? null : r.GetString(3), r.GetFieldValue<DateTimeOffset>(4)), cancellationToken)).SingleOrDefault();
}

using ClientPortal.GraphQL;
using ClientPortal.Platform.Database;

namespace ClientPortal.Invitations;

internal sealed record MailLimits(int SentIn24Hours, DateTimeOffset? NextAllowedAt);

// The function answers staff who may invite; to everybody else there is nothing.
internal sealed class MailLimitsByContact(DataSources sources, [ScopedState] DbSession session) : BatchDataLoader<Guid, MailLimits>
{
    protected override async Task<IReadOnlyDictionary<Guid, MailLimits>> LoadBatchAsync(IReadOnlyList<Guid> keys, CancellationToken cancellationToken) => session.IsStaff
        ? (await sources.QueryAsync(
            session,
            $"select contact_id, sent_in_24_hours, next_allowed_at from invitations.limits({keys.ToArray()})",
            r => (Contact: r.GetGuid(0), Limits: new MailLimits(r.GetInt32(1), r.IsDBNull(2) ? null : r.GetFieldValue<DateTimeOffset>(2))), cancellationToken)).ToDictionary(l => l.Contact, l => l.Limits)
        : new Dictionary<Guid, MailLimits>();
}

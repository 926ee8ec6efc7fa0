using System.ComponentModel.DataAnnotations.Schema;
using ClientPortal.GraphQL;

namespace ClientPortal.Clients;

internal enum RecordKind
{
    Invoice,
    Quote,
    Credit,
    Payment,
    RecurringInvoice,
    Subscription,
    PaymentMethod,
    Statement,
    Ticket,
    Project,
    Event,
    Document,
}

/// <summary>What a contact may see of one kind of record.</summary>
[GraphQLName("Visibility")]
internal enum VisibilityLevel
{
    None,

    /// <summary>Only records addressed to this contact.</summary>
    Addressed,

    /// <summary>All of the client's.</summary>
    All,
}

[Table("visibility", Schema = "clients")]
internal sealed class Visibility
{
    public Guid ContactId { get; private set; }

    public RecordKind Kind { get; private set; }

    public VisibilityLevel Level { get; private set; }

    public bool Notify { get; private set; }
}

/// <summary>Seeing and being mailed are two settings, never one.</summary>
[ObjectType]
internal sealed record KindAccess(RecordKind Kind, VisibilityLevel Visibility, [property: GraphQLDescription("Whether new records of this kind are announced to the contact by e-mail.")] bool Notify)
{
    // All of the client's, and no mail, unless somebody set something else (the policies' own default).
    public static IReadOnlyList<KindAccess> Of(IEnumerable<Visibility> settings)
    {
        var byKind = settings.ToDictionary(v => v.Kind);
        return [.. Enum.GetValues<RecordKind>().Select(kind => byKind.GetValueOrDefault(kind) is { } v ? new KindAccess(kind, v.Level, v.Notify) : new KindAccess(kind, VisibilityLevel.All, false))];
    }
}

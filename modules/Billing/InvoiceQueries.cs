using ClientPortal.GraphQL;
using ClientPortal.Platform.Database;
using ClientPortal.Platform.Paging;

namespace ClientPortal.Billing;

internal sealed record InvoiceFilter(string? Search = null, IReadOnlyList<InvoiceStatus>? Status = null, DateOnly? IssuedFrom = null, DateOnly? IssuedTo = null)
{
    public static Conditions Conditions(InvoiceFilter? filter)
    {
        var where = new Conditions();
        if (filter?.Search is { } search && !string.IsNullOrWhiteSpace(search))
        {
            var pattern = LikePattern.Contains(search);
            where.Add($"number ilike {pattern} or public_note ilike {pattern}");
        }

        if (filter?.Status is { } statuses)
        {
            // So that the planner expects many: of a derived status it knows nothing, would expect next to none, and sort what it could walk in order.
            where.Add($"nullif(status = any({Stored.Texts(statuses)}), false) is not null");
            if (statuses.All(s => s is InvoiceStatus.Issued or InvoiceStatus.PartiallyPaid or InvoiceStatus.Overdue))
            {
                where.Add($"owed"); // follows, and lets an index of these few serve
            }
        }

        if (filter?.IssuedFrom is { } from)
        {
            where.Add($"issued_on >= {from}");
        }

        if (filter?.IssuedTo is { } to)
        {
            where.Add($"issued_on <= {to}");
        }

        return where;
    }
}

[ExtendObjectType("Portal")]
internal static class PortalInvoices
{
    public static async Task<Connection<Invoice>> GetInvoicesAsync([Parent] IHasId portal, PagingArguments paging, InvoiceFilter? filter, Statements sql, CancellationToken cancellationToken) =>
        (await ClientInvoices.GetInvoicesAsync([portal.Id], paging, filter, sql, cancellationToken))[0];
}

[ExtendObjectType("Client")]
internal static class ClientInvoices
{
    private static readonly Keyset<Invoice> Newest = new Keyset<Invoice>().Of(i => i.ClientId).Descending(i => i.SortedOn).Descending(i => i.Id);

    public static Task<IReadOnlyList<Connection<Invoice>>> GetInvoicesAsync([ParentId] IReadOnlyList<Guid> clientIds, PagingArguments paging, InvoiceFilter? filter, Statements sql, CancellationToken cancellationToken) =>
        sql.PagesAsync(clientIds, Newest, InvoiceFilter.Conditions(filter), paging, cancellationToken);
}

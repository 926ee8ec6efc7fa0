using ClientPortal.GraphQL;
using ClientPortal.Platform.Paging;
using Microsoft.EntityFrameworkCore;

namespace ClientPortal.Billing;

internal sealed record InvoiceFilter(string? Search = null, IReadOnlyList<InvoiceStatus>? Status = null, DateOnly? IssuedFrom = null, DateOnly? IssuedTo = null)
{
    public static IQueryable<Invoice> Apply(InvoiceFilter? filter, IQueryable<Invoice> invoices)
    {
        if (filter?.Search is { } search && !string.IsNullOrWhiteSpace(search))
        {
            var pattern = LikePattern.Contains(search);
            invoices = invoices.Where(i => EF.Functions.ILike(i.Number, pattern, LikePattern.Escape) || EF.Functions.ILike(i.PublicNote!, pattern, LikePattern.Escape)); // null matches nothing
        }

        if (filter?.Status is { } statuses)
        {
            invoices = invoices.Where(i => statuses.Contains(i.Status));
            if (statuses.All(s => s is InvoiceStatus.Issued or InvoiceStatus.PartiallyPaid or InvoiceStatus.Overdue))
            {
                invoices = invoices.Where(i => i.Owed); // follows, and lets an index of these few serve
            }
        }

        if (filter?.IssuedFrom is { } from)
        {
            invoices = invoices.Where(i => i.IssuedOn >= from);
        }

        if (filter?.IssuedTo is { } to)
        {
            invoices = invoices.Where(i => i.IssuedOn <= to);
        }

        return invoices;
    }
}

[ExtendObjectType("Portal")]
internal static class PortalInvoices
{
    public static async Task<Connection<Invoice>> GetInvoicesAsync([Parent] IHasId portal, PagingArguments paging, InvoiceFilter? filter, Pager<BillingDb> pager, CancellationToken cancellationToken) =>
        (await ClientInvoices.GetInvoicesAsync([portal.Id], paging, filter, pager, cancellationToken))[0];
}

[ExtendObjectType("Client")]
internal static class ClientInvoices
{
    private static readonly Keyset<Invoice> Newest = new Keyset<Invoice>().Descending(i => i.SortedOn).Descending(i => i.Id);

    public static Task<IReadOnlyList<Connection<Invoice>>> GetInvoicesAsync([ParentId] IReadOnlyList<Guid> clientIds, PagingArguments paging, InvoiceFilter? filter, Pager<BillingDb> pager, CancellationToken cancellationToken) =>
        pager.PagesAsync(clientIds, db => InvoiceFilter.Apply(filter, db.Invoices), i => i.ClientId, Newest, paging, cancellationToken);
}

using ClientPortal.GraphQL;
using ClientPortal.Platform;
using ClientPortal.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace ClientPortal.Billing;

[ExtendObjectType("Dashboard")]
internal static class DashboardInvoices
{
    /// <summary>One amount per currency with an unpaid balance.</summary>
    public static async Task<IReadOnlyList<Money>> GetOutstandingBalanceAsync([Parent] IHasId dashboard, InvoiceFiguresByClient figures, CancellationToken cancellationToken) =>
        [.. (await figures.LoadAsync(dashboard.Id, cancellationToken)).Where(f => f.Outstanding > 0).Select(f => Money.FromMinorUnits(f.Outstanding, f.Currency))];

    public static async Task<int> GetPaidInvoicesAsync([Parent] IHasId dashboard, InvoiceFiguresByClient figures, CancellationToken cancellationToken) =>
        (await figures.LoadAsync(dashboard.Id, cancellationToken)).Sum(f => f.Paid);

    public static async Task<int> GetOverdueInvoicesAsync([Parent] IHasId dashboard, InvoiceFiguresByClient figures, CancellationToken cancellationToken) =>
        (await figures.LoadAsync(dashboard.Id, cancellationToken)).Sum(f => f.Overdue);
}

/// <summary>What a client's invoices in one currency add up to; the outstanding amount in whole minor units.</summary>
internal sealed record InvoiceFigures(Guid ClientId, string Currency, long Outstanding, int Paid, int Overdue);

/// <summary>One statement for every figure, by currency.</summary>
internal sealed class InvoiceFiguresByClient(DbContexts<BillingDb> contexts, [ScopedState] DbSession session) : GroupedDataLoader<Guid, InvoiceFigures>
{
    protected override async Task<ILookup<Guid, InvoiceFigures>> LoadBatchAsync(IReadOnlyList<Guid> keys, CancellationToken cancellationToken)
    {
        await using var db = contexts.Open(session);
        var figures = await db.Invoices
            .Where(i => keys.Contains(i.ClientId))
            .GroupBy(i => new { i.ClientId, i.Currency })
            .OrderBy(g => g.Key.Currency)
            .Select(g => new InvoiceFigures(
                g.Key.ClientId,
                g.Key.Currency,
                g.Where(i => i.Balance > 0 && i.Status != InvoiceStatus.Draft).Sum(i => i.Balance),
                g.Count(i => i.Status == InvoiceStatus.Paid),
                g.Count(i => i.Status == InvoiceStatus.Overdue)))
            .ToListAsync(cancellationToken);
        return figures.ToLookup(f => f.ClientId);
    }
}

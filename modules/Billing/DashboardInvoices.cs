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
        [.. (await figures.LoadAsync(dashboard.Id, cancellationToken))
            .Where(f => f.Status != InvoiceStatus.Draft)
            .GroupBy(f => f.Currency, f => f.Outstanding)
            .Where(g => g.Sum() > 0)
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => Money.FromMinorUnits(g.Sum(), g.Key))];

    public static Task<int> GetPaidInvoicesAsync([Parent] IHasId dashboard, InvoiceFiguresByClient figures, CancellationToken cancellationToken) =>
        CountAsync(dashboard, InvoiceStatus.Paid, figures, cancellationToken);

    public static Task<int> GetOverdueInvoicesAsync([Parent] IHasId dashboard, InvoiceFiguresByClient figures, CancellationToken cancellationToken) =>
        CountAsync(dashboard, InvoiceStatus.Overdue, figures, cancellationToken);

    private static async Task<int> CountAsync(IHasId dashboard, InvoiceStatus status, InvoiceFiguresByClient figures, CancellationToken cancellationToken) =>
        (await figures.LoadAsync(dashboard.Id, cancellationToken)).Where(f => f.Status == status).Sum(f => f.Invoices);
}

/// <summary>How many invoices of a status there are in a currency, and what is left to pay on them in whole minor units.</summary>
internal sealed record InvoiceFigures(string Currency, InvoiceStatus Status, int Invoices, long Outstanding);

/// <summary>One statement for every figure of a dashboard.</summary>
internal sealed class InvoiceFiguresByClient(DbContexts<BillingDb> contexts, [ScopedState] DbSession session) : GroupedDataLoader<Guid, InvoiceFigures>
{
    protected override async Task<ILookup<Guid, InvoiceFigures>> LoadBatchAsync(IReadOnlyList<Guid> keys, CancellationToken cancellationToken)
    {
        await using var db = contexts.Open(session);
        var figures = await db.Invoices
            .Where(i => keys.Contains(i.ClientId))
            .GroupBy(i => new { i.ClientId, i.Currency, i.Status })
            .Select(g => new { g.Key, Invoices = g.Count(), Outstanding = g.Sum(i => i.Balance > 0 ? i.Balance : 0) })
            .ToListAsync(cancellationToken);
        return figures.ToLookup(f => f.Key.ClientId, f => new InvoiceFigures(f.Key.Currency, f.Key.Status, f.Invoices, f.Outstanding));
    }
}

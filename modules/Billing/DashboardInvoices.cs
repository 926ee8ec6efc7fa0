using ClientPortal.GraphQL;
using ClientPortal.Platform;
using ClientPortal.Platform.Database;

namespace ClientPortal.Billing;

[ExtendObjectType("Dashboard")]
internal static class DashboardInvoices
{
    /// <summary>One amount per currency with an unpaid balance.</summary>
    public static async Task<IReadOnlyList<Money>> GetOutstandingBalanceAsync([Parent] IHasId dashboard, InvoiceFiguresByClient figures, CancellationToken cancellationToken) =>
        [.. (await figures.LoadAsync(dashboard.Id, cancellationToken))
            .Where(f => f.Status != InvoiceStatus.Paid)
            .GroupBy(f => f.Currency!, f => f.Outstanding) // only paid ones have none
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

/// <summary>How many invoices of a status a client has in a currency, and what is left to pay on them in whole minor units; paid ones in all currencies (null) together. No draft, none void.</summary>
internal sealed record InvoiceFigures(Guid ClientId, string? Currency, InvoiceStatus Status, int Invoices, long Outstanding);

/// <summary>One statement for every figure of a dashboard.</summary>
internal sealed class InvoiceFiguresByClient(Statements sql) : GroupedDataLoader<Guid, InvoiceFigures>
{
    private static readonly RecordTable Figures = new("INVOICE", "billing.figures");

    protected override async Task<ILookup<Guid, InvoiceFigures>> LoadBatchAsync(IReadOnlyList<Guid> keys, CancellationToken cancellationToken) =>
        (await sql.QueryAsync(
            $"select client_id, currency, status, invoices, outstanding from {Figures} where client_id = any({keys})",
            r => new InvoiceFigures(r.GetGuid(0), r.IsDBNull(1) ? null : r.GetString(1), Stored.Value<InvoiceStatus>(r.GetString(2)), r.GetInt32(3), r.GetInt64(4)),
            cancellationToken)).ToLookup(f => f.ClientId);
}

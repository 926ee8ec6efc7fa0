using System.ComponentModel.DataAnnotations.Schema;
using ClientPortal.GraphQL;
using ClientPortal.Platform;

namespace ClientPortal.Billing;

[Table("invoice_line", Schema = "billing")]
internal sealed class InvoiceLine
{
    public Guid InvoiceId { get; private set; }

    public int Position { get; private set; }

    public string Description { get; private set; } = "";

    public decimal Quantity { get; private set; }

    public long UnitPrice { get; private set; }

    public decimal TaxRate { get; private set; }

    public long Amount { get; private set; }

    /// <summary>The invoice's: a line has no currency of its own.</summary>
    [NotMapped]
    public string Currency { get; private set; } = "";

    public InvoiceLine In(string currency)
    {
        Currency = currency;
        return this;
    }
}

[ObjectType<InvoiceLine>]
internal static class InvoiceLineType
{
    public static int GetPosition([Parent] InvoiceLine line) => line.Position;

    public static string GetDescription([Parent] InvoiceLine line) => line.Description;

    public static decimal GetQuantity([Parent] InvoiceLine line) => line.Quantity;

    public static Money GetUnitPrice([Parent] InvoiceLine line) => Money.FromMinorUnits(line.UnitPrice, line.Currency);

    /// <summary>In per cent.</summary>
    public static decimal GetTaxRate([Parent] InvoiceLine line) => line.TaxRate;

    /// <summary>Quantity × unit price, before tax.</summary>
    public static Money GetAmount([Parent] InvoiceLine line) => Money.FromMinorUnits(line.Amount, line.Currency);
}

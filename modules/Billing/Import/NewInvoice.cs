using ClientPortal.Platform.Import;

namespace ClientPortal.Billing.Import;

/// <summary>An invoice of the file that the portal does not have yet; it waits for its lines.</summary>
internal sealed class NewInvoice
{
    private readonly List<(decimal Rate, decimal Sum)> _rates = [];

    public required KnownInvoice Known { get; init; }
    public required int Line { get; init; }
    public required string Number { get; init; }
    public required string Status { get; init; }
    public required DateOnly? IssuedOn { get; init; }
    public required DateOnly? DueOn { get; init; }
    public required string? PublicNote { get; init; }
    public required string? InternalNote { get; init; }
    public required IReadOnlyCollection<Guid> Addressees { get; init; }

    public decimal Subtotal => _rates.Sum(r => r.Sum);

    // On the sum of the lines of one rate, rounded once.
    public decimal Tax => _rates.Sum(r => decimal.Round(r.Sum * r.Rate / 100, 0, MidpointRounding.ToEven));

    public void AddLine(decimal rate, long amount)
    {
        var at = _rates.FindIndex(r => r.Rate == rate);
        if (at < 0)
        {
            _rates.Add((rate, amount));
        }
        else
        {
            _rates[at] = (rate, _rates[at].Sum + amount);
        }
    }
}

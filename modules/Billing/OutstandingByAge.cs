using ClientPortal.GraphQL;
using ClientPortal.Platform;
using ClientPortal.Platform.Database;

namespace ClientPortal.Billing;

/// <summary>What is left to pay in one currency, by how long it has been due.</summary>
[ObjectType]
internal sealed record OutstandingByAge([property: GraphQLType("CurrencyCode")] string Currency, Money NotDue, Money Days1To30, Money Days31To60, Money Days61To90, Money Over90);

[ExtendObjectType("Dashboard")]
internal static class DashboardAges
{
    /// <summary>`outstandingBalance` by how many days it is past due.</summary>
    public static async Task<IReadOnlyList<OutstandingByAge>> GetOutstandingByAgeAsync([Parent] IHasId dashboard, Statements sql, CancellationToken cancellationToken)
    {
        // The view derives what a list shows; the same rows make up outstandingBalance.
        var sums = await sql.QueryAsync(
            $"""
            select currency, age, sum(balance)::bigint
            from (
              select currency, balance, case when due_on is null or due_on >= today then 0 else least(1 + (today - due_on - 1) / 30, 4) end as age
              from {Row<Invoice>.Table}, (select (now() at time zone 'UTC')::date as today) clock
              where client_id = {dashboard.Id} and status <> 'DRAFT' and balance > 0
            ) aged
            group by currency, age
            order by currency
            """, r => (Currency: r.GetString(0), Age: r.GetInt32(1), Amount: r.GetInt64(2)), cancellationToken);
        return [.. sums.GroupBy(s => s.Currency, (currency, ages) =>
        {
            var byAge = ages.ToDictionary(a => a.Age, a => a.Amount);
            Money Of(int age) => Money.FromMinorUnits(byAge.GetValueOrDefault(age), currency);
            return new OutstandingByAge(currency, Of(0), Of(1), Of(2), Of(3), Of(4));
        })];
    }
}

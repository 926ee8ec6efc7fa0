using ClientPortal.GraphQL;

namespace ClientPortal.Platform;

[ObjectType<Money>]
internal static class MoneyType
{
    public static decimal GetAmount([Parent] Money money) => money.Amount;

    [GraphQLType("CurrencyCode")]
    public static string GetCurrency([Parent] Money money) => money.Currency;
}

namespace ClientPortal.GraphQL.Tests.Shop;

internal sealed record RenameCustomerInput([property: ID("Customer")] Guid Id, string Name);

internal sealed record NotThereError() : UserError("There is no such customer.", "NOT_FOUND");

internal sealed record TooLongError(int Limit) : UserError($"At most {Limit} characters.", "TOO_LONG");

/// <summary>Gives a customer another name.</summary>
[MutationType]
internal static class RenameCustomer
{
    [Refuse("staff only")]
    [Error<NotThereError>]
    [Error<TooLongError>]
    public static async Task<FieldResult<Customer>> RenameCustomerAsync(RenameCustomerInput input, ShopData data, CancellationToken cancellationToken)
    {
        await Task.Delay(1, cancellationToken);
        data.Calls.Enqueue($"rename to {input.Name}");
        var index = data.Customers.FindIndex(c => c.Id == input.Id);
        if (index < 0)
        {
            return new NotThereError();
        }

        if (input.Name.Length > 20)
        {
            return new FieldResult<Customer>(new TooLongError(20), new NotThereError());
        }

        return data.Customers[index] = data.Customers[index] with { Name = input.Name };
    }
}

[MutationType]
internal static class Ping
{
    [AllowAnonymous]
    public static PingPayload PingAsync() => new(true);
}

internal sealed record PingPayload(bool Pong);

internal sealed record SignUpInput([property: GraphQLType("EmailAddress")] string Email);

internal sealed record SignUpPayload(Customer Customer, string Token);

[MutationType]
internal static class SignUp
{
    [AllowAnonymous]
    [Error<TooLongError>]
    public static FieldResult<SignUpPayload> SignUpAsync(SignUpInput input, ShopData data) =>
        input.Email.Length > 20 ? new TooLongError(20) : new SignUpPayload(data.Customers[0], "token");
}

namespace ClientPortal.GraphQL.Tests.Shop;

[QueryType]
internal static class ShopQueries
{
    [AllowAnonymous]
    public static Connection<Customer> GetCustomers(PagingArguments paging, CustomerFilter? filter, ShopData data) =>
        data.PageOf(data.Customers.FindAll(c => filter?.Kind is null || c.Kind == filter.Kind), paging, c => Cursor.Encode(c.Name), "customers");

    [AllowAnonymous]
    public static Customer? GetCustomer([ID("Customer")] Guid id, ShopData data) => data.Customers.Find(c => c.Id == id);

    [AllowAnonymous]
    public static Customer GetFirst(ShopData data) => data.Customers[0];

    [AllowAnonymous]
    public static string GetEcho(EchoInput input) => input.ToString();

    [AllowAnonymous]
    public static string GetHello(string name = "world", int times = 1, bool loud = false) => string.Concat(Enumerable.Repeat(loud ? $"HELLO {name} " : $"hello {name} ", times)).Trim();

    [AllowAnonymous]
    public static async Task<string> GetEndless(CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        return "done";
    }

    [Refuse("staff only")]
    public static int? GetStaffOnly(ShopData data)
    {
        data.Calls.Enqueue("staff only ran");
        return 1;
    }

    [AllowAnonymous]
    public static IReadOnlyList<IShape> GetShapes() => [new Circle(1.5), new Square(2)];

    [AllowAnonymous]
    public static IReadOnlyList<IThing> GetThings() => [new Circle(1.5), new Square(2)];

    [AllowAnonymous]
    public static Bound GetBound(BoundThing thing) => new(thing.Opened, thing);
}

internal sealed record CustomerFilter(string? Search = null, CustomerKind? Kind = null);

internal sealed record EchoInput(
    string Name,
    [ID("Customer")] Guid? CustomerId,
    IReadOnlyList<int>? Numbers,
    Optional<string?> Note,
    [property: GraphQLType("EmailAddress")] string? Email,
    NodeId? Any,
    CustomerKind Kind = CustomerKind.BigCompany,
    decimal Rate = 0,
    EchoInput? Inner = null,
    [property: DefaultValue("[1, 2]")] IReadOnlyList<int>? Preset = null)
{
    public override string ToString() => string.Join(
        "; ",
        Name,
        CustomerId?.ToString() ?? "no customer",
        Numbers is null ? "no numbers" : string.Join(',', Numbers),
        Note.HasValue ? $"note {Note.Value ?? "null"}" : "no note",
        Email ?? "no email",
        Any?.TypeName ?? "none",
        Kind,
        Rate.ToString(System.Globalization.CultureInfo.InvariantCulture),
        Inner?.Name ?? "no inner",
        string.Join(',', Preset ?? []));
}

[InterfaceType]
internal interface IShape
{
    double Area { get; }
}

[UnionType]
internal interface IThing;

[ObjectType]
internal sealed record Circle(double Radius) : IShape, IThing
{
    public double Area => Math.Round(Math.PI * Radius * Radius, 2);
}

[ObjectType(Name = "Box")]
internal sealed record Square(double Side) : IShape, IThing
{
    public double Area => Side * Side;

    public string Describe(ShopData data, string prefix) => $"{prefix} {Side} of {data.Customers.Count}";

    [GraphQLIgnore]
    public string Hidden { get; } = "hidden";
}

[ObjectType]
internal sealed record Bound(bool WasOpen, [property: GraphQLIgnore] BoundThing Thing)
{
    public bool IsClosedNow => Thing.Closed;
}

internal sealed class BoundThing : IAsyncDisposable
{
    public bool Opened { get; } = true;

    public bool Closed { get; private set; }

    public ValueTask DisposeAsync()
    {
        Closed = true;
        return default;
    }
}

internal sealed class ThingBinding : IParameterBinding
{
    public Func<ResolverContext, BoundParameter>? Bind(System.Reflection.ParameterInfo parameter) => parameter.ParameterType != typeof(BoundThing) ? null : static _ =>
    {
        var thing = new BoundThing();
        return new BoundParameter(thing, thing);
    };
}

internal sealed class RefuseAttribute(string message) : AuthorizeAttribute
{
    public override Type ErrorType => typeof(RefusedError);

    public override async ValueTask<UserError?> CheckAsync(ResolverContext context)
    {
        await Task.Yield();
        return context.Request.Get<Eyes>()?.Name == "staff" ? null : new RefusedError(message);
    }
}

internal sealed record RefusedError(string Message) : UserError(Message, "FORBIDDEN");

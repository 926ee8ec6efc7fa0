using System.Text.Json;
using ClientPortal.GraphQL.Tests.Shop;
using ClientPortal.GraphQL.Types;

namespace ClientPortal.GraphQL.Tests.Building;

public sealed class SchemaTests
{
    [Theory]
    [InlineData("type CustomerConnection {\n  edges: [CustomerEdge!]!\n  \"The nodes without their cursors.\"\n  nodes: [Customer!]!\n  pageInfo: PageInfo!\n")]
    [InlineData("\"Somebody who orders.\"\ntype Customer implements Node {\n  id: ID!\n  \"What they are called.\"\n  name: String!\n  note: String\n")]
    [InlineData("  title: String! @deprecated(reason: \"Use name.\")\n")]
    [InlineData("enum CustomerKind {\n  PRIVATE\n  BIG_COMPANY\n}")]
    [InlineData("input EchoInput {\n  name: String!\n  customerId: ID\n  numbers: [Int!]\n  note: String\n  email: EmailAddress\n  any: ID\n  kind: CustomerKind! = BIG_COMPANY\n  rate: Decimal! = 0\n  inner: EchoInput\n  preset: [Int!] = [1, 2]\n}")]
    [InlineData("  hello(name: String! = \"world\", times: Int! = 1, loud: Boolean! = false): String!\n")]
    [InlineData("\"Gives a customer another name.\"\n  renameCustomer(input: RenameCustomerInput!): RenameCustomerPayload!\n")]
    [InlineData("type RenameCustomerPayload {\n  \"Null when refused.\"\n  customer: Customer\n  \"Null on success.\"\n  errors: [RenameCustomerError!]\n}")]
    [InlineData("union RenameCustomerError = NotThereError | TooLongError | RefusedError")]
    [InlineData("type TooLongError implements Error {\n  \"What is wrong and what to do next.\"\n  message: String!\n  \"Stable, upper snake case, e.g. THROTTLED.\"\n  code: String!\n  limit: Int!\n}")]
    [InlineData("type PingPayload {\n  pong: Boolean!\n}")]
    [InlineData("type SignUpPayload {\n  customer: Customer\n  token: String\n")]
    [InlineData("interface Shape {\n  area: Float!\n}")]
    [InlineData("union Thing = Circle | Box")]
    [InlineData("  customer: Customer\n  subject: Node\n")]
    [InlineData("  node(id: ID!): Node\n")]
    public void Annotated_classes_make_this_schema(string part)
    {
        using var shop = new ShopHost();
        var sdl = SchemaPrinter.Print(shop.Executor.Schema);
        Assert.Contains(part, sdl, StringComparison.Ordinal);
    }

    [Fact]
    public void The_printed_schema_builds_again_to_the_same_text()
    {
        using var shop = new ShopHost();
        var sdl = SchemaPrinter.Print(shop.Executor.Schema);
        Assert.Equal(sdl, SchemaPrinter.Print(SdlSchema.Build(sdl)));
    }

    [Fact]
    public async Task Introspection_tells_the_whole_schema()
    {
        using var shop = new ShopHost();
        var answer = JsonDocument.Parse(await shop.RunAsync("""
            { __schema { queryType { name } types { kind name isOneOf specifiedByURL fields(includeDeprecated: true) { name isDeprecated args { name defaultValue type { ...T } } type { ...T } } inputFields { name defaultValue } enumValues { name } possibleTypes { name } interfaces { name } } directives { name isRepeatable locations args { name } } }
              __type(name: "Customer") { fields { name } } none: __type(name: "None") { name } }
            fragment T on __Type { kind name ofType { kind name ofType { kind name ofType { kind name } } } }
            """)).RootElement;

        Assert.False(answer.TryGetProperty("errors", out var errors), errors.ToString());
        var data = answer.GetProperty("data");
        Assert.Equal("Query", data.GetProperty("__schema").GetProperty("queryType").GetProperty("name").GetString());
        Assert.Equal(shop.Executor.Schema.Types.Count, data.GetProperty("__schema").GetProperty("types").GetArrayLength());
        Assert.DoesNotContain(data.GetProperty("__type").GetProperty("fields").EnumerateArray(), f => f.GetProperty("name").GetString() == "title");
        Assert.Equal(JsonValueKind.Null, data.GetProperty("none").ValueKind);
        Assert.Equal("https://scalars.graphql.org/andimarek/date-time.html", data.GetProperty("__schema").GetProperty("types").EnumerateArray().Single(t => t.GetProperty("name").GetString() == "DateTime").GetProperty("specifiedByURL").GetString());
    }

    [Theory]
    [InlineData(typeof(WithoutRule), "WithoutRule.GetField")]
    [InlineData(typeof(WithTwoRules), "WithTwoRules.GetField")]
    [InlineData(typeof(WithLong), "WithLong.GetField")]
    [InlineData(typeof(WithLong), "[GraphQLType]")]
    [InlineData(typeof(WithUnknownService), "WithUnknownService.GetField, parameter service")]
    [InlineData(typeof(WithBareGuid), "[ID(")]
    [InlineData(typeof(WithUnknownParent), "no object type Nobody to extend")]
    [InlineData(typeof(WithoutAttribute), "carries none")]
    [InlineData(typeof(NodeWithoutResolver), "NodeWithoutResolver")]
    [InlineData(typeof(TwiceTheSameField), "has a field name already")]
    [InlineData(typeof(UnknownNodeType), "UnknownNodeType.GetField")]
    [InlineData(typeof(WrongParent), "WrongParent.GetField, parameter order")]
    [InlineData(typeof(ParentWithoutId), "ParentWithoutId.GetField, parameter id")]
    [InlineData(typeof(ReferenceToNoNode), "Box is no [Node]")]
    [InlineData(typeof(NameOfAnotherScript), "The name of Query.äpfel")]
    [InlineData(typeof(TwiceTheSameArgument), "There can be only one Query.field(same:)")]
    [InlineData(typeof(EnumWithTwins), "There can be only one Twins.FOO_BAR")]
    [InlineData(typeof(GenericField), "GenericField.GetField")]
    [InlineData(typeof(DefaultOutOfRange), "DefaultOutOfRange.GetField")]
    [InlineData(typeof(DefaultThatIsNoValue), "DefaultThatIsNoValue.GetField")]
    [InlineData(typeof(TwoStreams), "TwoStreams.GetField: there is more than one static method Stream")]
    [InlineData(typeof(StreamOfSomethingElse), "StreamOfSomethingElse.GetField, parameter e: Stream tells of String, not of Int32")]
    [InlineData(typeof(ErrorsWithoutResult), "ErrorsWithoutResult.ChangeAsync")]
    public void A_mistake_stops_the_start_and_names_class_and_member(Type type, string expected)
    {
        using var shop = new ShopHost(null, type);
        Assert.Contains(expected, Assert.Throws<SchemaException>(() => shop.Executor).Message, StringComparison.Ordinal);
    }

    [QueryType]
    internal static class WithoutRule
    {
        public static int GetField() => 1;
    }

    [QueryType]
    internal static class WithTwoRules
    {
        [AllowAnonymous]
        [Refuse("")]
        public static int GetField() => 1;
    }

    [QueryType]
    internal static class WithLong
    {
        [AllowAnonymous]
        public static long GetField() => 1;
    }

    [QueryType]
    internal static class WithUnknownService
    {
        [AllowAnonymous]
        public static int GetField(IDisposable service) => service.GetHashCode();
    }

    [QueryType]
    internal static class WithBareGuid
    {
        [AllowAnonymous]
        public static int GetField(Guid id) => id.GetHashCode();
    }

    [ExtendObjectType("Nobody")]
    internal static class WithUnknownParent
    {
        public static int GetField([ParentId] Guid id) => id.GetHashCode();
    }

    internal static class WithoutAttribute
    {
        public static int GetField() => 1;
    }

    [ObjectType<Uri>]
    [Node]
    internal static class NodeWithoutResolver
    {
        public static string GetHost([Parent] Uri uri) => uri.Host;
    }

    [ExtendObjectType<Customer>]
    internal static class TwiceTheSameField
    {
        public static string GetName([Parent] Customer customer) => customer.Name;
    }

    [QueryType]
    internal static class UnknownNodeType
    {
        [AllowAnonymous]
        [NodeType("Nothing")]
        public static NodeRef GetField() => new(Guid.Empty);
    }

    [ExtendObjectType<Customer>]
    internal static class WrongParent
    {
        public static int GetField([Parent] Order order) => order.Number;
    }

    [ExtendObjectType("Box")]
    internal static class ParentWithoutId
    {
        public static int GetField([ParentId] Guid id) => id.GetHashCode();
    }

    [QueryType]
    internal static class ReferenceToNoNode
    {
        [AllowAnonymous]
        [NodeType("Box")]
        public static NodeRef? GetField() => new NodeRef(Guid.Empty);
    }

    [QueryType]
    internal static class NameOfAnotherScript
    {
        [AllowAnonymous]
        public static int GetÄpfel() => 1;
    }

    [QueryType]
    internal static class TwiceTheSameArgument
    {
        [AllowAnonymous]
        public static int GetField(int same, [GraphQLName("same")] int other) => same + other;
    }

    internal enum Twins
    {
        FooBar,
        Foo_Bar,
    }

    [QueryType]
    internal static class EnumWithTwins
    {
        [AllowAnonymous]
        public static Twins GetField() => Twins.FooBar;
    }

    [QueryType]
    internal static class GenericField
    {
        [AllowAnonymous]
        public static int GetField<T>() => typeof(T).Name.Length;
    }

    [QueryType]
    internal static class DefaultOutOfRange
    {
        [AllowAnonymous]
        public static int GetField(Twins twin = (Twins)99) => (int)twin;
    }

    [QueryType]
    internal static class DefaultThatIsNoValue
    {
        [AllowAnonymous]
        public static int GetField([DefaultValue("[1")] int[] numbers) => numbers.Length;
    }

    [SubscriptionType]
    internal static class TwoStreams
    {
        [AllowAnonymous]
        [Subscribe(With = nameof(Stream))]
        public static int GetField([EventMessage] int e) => e;

        public static IAsyncEnumerable<int> Stream() => AsyncEnumerable.Empty<int>();

        public static IAsyncEnumerable<int> Stream(int above) => AsyncEnumerable.Repeat(above, 1);
    }

    [SubscriptionType]
    internal static class StreamOfSomethingElse
    {
        [AllowAnonymous]
        [Subscribe(With = nameof(Stream))]
        public static int GetField([EventMessage] int e) => e;

        public static IAsyncEnumerable<string> Stream() => AsyncEnumerable.Empty<string>();
    }

    [MutationType]
    internal static class ErrorsWithoutResult
    {
        [AllowAnonymous]
        [Error<TooLongError>]
        public static Customer ChangeAsync(ShopData data) => data.Customers[0];
    }
}

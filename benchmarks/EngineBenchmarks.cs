using System.Buffers;
using BenchmarkDotNet.Attributes;
using ClientPortal.GraphQL;
using ClientPortal.GraphQL.Language;
using ClientPortal.GraphQL.Validation;
using Microsoft.Extensions.DependencyInjection;

namespace ClientPortal.Benchmarks;

/// <summary>Reading, validating and running documents in memory; running includes writing the response. The document cache is warm, as it is in service.</summary>
[MemoryDiagnoser]
public class EngineBenchmarks
{
    public const string Small = "{ __typename }";

    public const string Page = """
        query Page($first: Int) {
          authors(first: $first) {
            totalCount
            pageInfo { hasNextPage endCursor }
            edges { cursor node { id name books { id title pages price publishedOn genre reviews { stars text } } } }
          }
        }
        """;

    public const string Introspection = """
        { __schema { queryType { name } mutationType { name } types { kind name description fields(includeDeprecated: true) { name description args { ...V } type { ...T } isDeprecated deprecationReason }
            inputFields { ...V } interfaces { ...T } enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason } possibleTypes { ...T } }
            directives { name description locations args { ...V } } } }
        fragment V on __InputValue { name description type { ...T } defaultValue }
        fragment T on __Type { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } } }
        """;

    private readonly ArrayBufferWriter<byte> _output = new(256 * 1024);
    private ServiceProvider? _services;
    private RequestExecutor? _executor;
    private DocumentNode? _document;
    private Source? _source;

    [ParamsAllValues]
    public Document Document { get; set; }

    private string Text => Document switch
    {
        Document.Small => Small,
        Document.Page => Page,
        _ => Introspection,
    };

    [GlobalSetup]
    public void Setup()
    {
        var services = new ServiceCollection();
        services.AddGraphQL(o => o.Introspection = true).AddTypes(typeof(LibraryQueries), typeof(AuthorType), typeof(BookType), typeof(ReviewType));
        _services = services.BuildServiceProvider();
        _executor = _services.GetRequiredService<RequestExecutor>();
        _source = Source.From(Text);
        _document = Parser.Parse(_source, ParserOptions.Default);
    }

    [GlobalCleanup]
    public void Cleanup() => _services!.Dispose();

    [Benchmark]
    public object Parse() => Parser.Parse(_source!, ParserOptions.Default);

    [Benchmark]
    public object Validate() => Validator.Validate(_executor!.Schema, _document!, new ValidationOptions());

    [Benchmark]
    public async Task<int> Execute()
    {
        var result = await _executor!.ExecuteAsync(new GraphQLRequest(Text), new GraphQLRequestContext(_services!), CancellationToken.None);
        _output.ResetWrittenCount();
        result.WriteTo(_output);
        return result.Errors.Count == 0 ? _output.WrittenCount : throw new InvalidOperationException(result.ToString());
    }
}

/// <summary>Which document.</summary>
public enum Document
{
    Small,
    Page,
    Introspection,
}

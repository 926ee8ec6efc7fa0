using ClientPortal.GraphQL;
using GraphQL;
using GraphQL.SystemTextJson;
using GraphQL.Types;
using GraphQLParser.AST;
using PeerSchema = GraphQL.Types.Schema;

namespace ClientPortal.Benchmarks;

/// <summary>The same objects behind GraphQL.NET, the other library for .NET: what the engine is compared with. At its best: documents are parsed before, and not validated.</summary>
internal sealed class Peer : IDisposable
{
    private readonly DocumentExecuter _executer = new();
    private readonly GraphQLSerializer _serializer = new();
    private readonly PeerSchema _schema = new() { Query = new Query() };
    private readonly MemoryStream _output = new(256 * 1024);
    private readonly GraphQLDocument _document;
    private readonly string _text;

    public Peer(string text)
    {
        _text = text;
        _document = GraphQLParser.Parser.Parse(text);
        _schema.Initialize();
    }

    public async Task<long> ExecuteAsync()
    {
        var result = await _executer.ExecuteAsync(new ExecutionOptions { Schema = _schema, Query = _text, Document = _document, ValidationRules = [] });
        _output.SetLength(0);
        await _serializer.WriteAsync(_output, result);
        return result.Errors is null ? _output.Length : throw new InvalidOperationException(string.Join('\n', result.Errors));
    }

    public void Dispose()
    {
        _schema.Dispose();
        _output.Dispose();
    }

    private sealed class Query : ObjectGraphType
    {
        public Query() => Field<NonNullGraphType<Authors>>("authors").Argument<IntGraphType>("first").Resolve(c => LibraryQueries.Authors.Take(c.GetArgument("first", 50)).ToList());
    }

    private sealed class Authors : ObjectGraphType<List<Author>>
    {
        public Authors()
        {
            Field<NonNullGraphType<IntGraphType>>("totalCount").Resolve(c => c.Source.Count);
            Field<NonNullGraphType<PageInfo>>("pageInfo").Resolve(c => c.Source);
            Field<NonNullGraphType<ListGraphType<NonNullGraphType<Edge>>>>("edges").Resolve(c => c.Source);
        }
    }

    private sealed class PageInfo : ObjectGraphType<List<Author>>
    {
        public PageInfo()
        {
            Field<NonNullGraphType<BooleanGraphType>>("hasNextPage").Resolve(_ => false);
            Field<StringGraphType>("endCursor").Resolve(c => Cursor.Encode(c.Source[^1].Number));
        }
    }

    private sealed class Edge : ObjectGraphType<Author>
    {
        public Edge()
        {
            Field<NonNullGraphType<StringGraphType>>("cursor").Resolve(c => Cursor.Encode(c.Source.Number));
            Field<NonNullGraphType<AuthorOf>>("node").Resolve(c => c.Source);
        }
    }

    private sealed class AuthorOf : ObjectGraphType<Author>
    {
        public AuthorOf()
        {
            Field<NonNullGraphType<IdGraphType>>("id").Resolve(c => NodeId.Encode("Author", c.Source.Id));
            Field<NonNullGraphType<StringGraphType>>("name").Resolve(c => c.Source.Name);
            Field<NonNullGraphType<ListGraphType<NonNullGraphType<BookOf>>>>("books").Resolve(c => c.Source.Books);
        }
    }

    private sealed class BookOf : ObjectGraphType<Book>
    {
        public BookOf()
        {
            Field<NonNullGraphType<IdGraphType>>("id").Resolve(c => NodeId.Encode("Book", c.Source.Id));
            Field<NonNullGraphType<StringGraphType>>("title").Resolve(c => c.Source.Title);
            Field<NonNullGraphType<IntGraphType>>("pages").Resolve(c => c.Source.Pages);
            Field<NonNullGraphType<DecimalGraphType>>("price").Resolve(c => c.Source.Price);
            Field<NonNullGraphType<DateOnlyGraphType>>("publishedOn").Resolve(c => c.Source.PublishedOn);
            Field<NonNullGraphType<EnumerationGraphType<Genre>>>("genre").Resolve(c => c.Source.Genre);
            Field<NonNullGraphType<ListGraphType<NonNullGraphType<ReviewOf>>>>("reviews").Resolve(c => c.Source.Reviews);
        }
    }

    private sealed class ReviewOf : ObjectGraphType<Review>
    {
        public ReviewOf()
        {
            Field<NonNullGraphType<IntGraphType>>("stars").Resolve(c => c.Source.Stars);
            Field<NonNullGraphType<StringGraphType>>("text").Resolve(c => c.Source.Text);
        }
    }
}

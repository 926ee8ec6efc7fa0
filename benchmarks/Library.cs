using ClientPortal.GraphQL;

namespace ClientPortal.Benchmarks;

internal sealed record Author(int Number, Guid Id, string Name, IReadOnlyList<Book> Books);

internal sealed record Book(Guid Id, string Title, int Pages, decimal Price, DateOnly PublishedOn, Genre Genre, IReadOnlyList<Review> Reviews);

internal sealed record Review(int Stars, string Text);

internal enum Genre
{
    Novel,
    ScienceFiction,
}

/// <summary>Twenty authors with five books of three reviews each: 20 + 100 + 300 objects.</summary>
[QueryType]
internal static class LibraryQueries
{
    internal static readonly IReadOnlyList<Author> Authors = [.. Enumerable.Range(1, 20).Select(a => new Author(a, Guid.CreateVersion7(), $"Author {a}", [.. Enumerable.Range(1, 5).Select(b =>
        new Book(Guid.CreateVersion7(), $"Book {b} of {a}", 100 + b, 9.90m + b, new DateOnly(2026, 1, b), (Genre)(b % 2), [.. Enumerable.Range(1, 3).Select(r => new Review(r, $"Review {r} of a good book"))]))]))];

    [AllowAnonymous]
    public static Connection<Author> GetAuthors(PagingArguments paging) =>
        new([.. Authors.Take(paging.Size)], a => Cursor.Encode(a.Number), false, false, static _ => ValueTask.FromResult(20));
}

[ObjectType<Author>]
internal static class AuthorType
{
    [ID]
    public static Guid GetId([Parent] Author a) => a.Id;

    public static string GetName([Parent] Author a) => a.Name;

    public static Task<IReadOnlyList<IReadOnlyList<Book>>> GetBooksAsync([Parent] IReadOnlyList<Author> authors) =>
        Task.FromResult<IReadOnlyList<IReadOnlyList<Book>>>([.. authors.Select(a => a.Books)]);
}

[ObjectType<Book>]
internal static class BookType
{
    [ID]
    public static Guid GetId([Parent] Book b) => b.Id;

    public static string GetTitle([Parent] Book b) => b.Title;

    public static int GetPages([Parent] Book b) => b.Pages;

    public static decimal GetPrice([Parent] Book b) => b.Price;

    public static DateOnly GetPublishedOn([Parent] Book b) => b.PublishedOn;

    public static Genre GetGenre([Parent] Book b) => b.Genre;

    public static IReadOnlyList<Review> GetReviews([Parent] Book b) => b.Reviews;
}

[ObjectType<Review>]
internal static class ReviewType
{
    public static int GetStars([Parent] Review r) => r.Stars;

    public static string GetText([Parent] Review r) => r.Text;
}

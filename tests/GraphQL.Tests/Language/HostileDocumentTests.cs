using ClientPortal.GraphQL.Language;

namespace ClientPortal.GraphQL.Tests.Language;

/// <summary>Documents that mean harm are refused before they cost anything.</summary>
public sealed class HostileDocumentTests
{
    private const int Million = 1_000_000;

    public static TheoryData<string, string> Nested => new()
    {
        { "{a", "" },
        { "{f(a:[", "[" },
        { "{f(a:{b:", "{b:" },
        { "query($v:[", "[" },
        { "query($v:Int=[", "[" },
        { "type T{f:[", "[" },
        { "type T{f(a:Int=[", "[" },
        { "{...{", "...{" },
        { "{a{", "a{" },
        { "{a @d(a:[", "[" },
    };

    [Theory]
    [MemberData(nameof(Nested))]
    public void GQL_01_a_million_nestings_are_refused_at_once_with_memory_flat(string head, string repeated)
    {
        var source = Source.From(head + string.Concat(Enumerable.Repeat(repeated.Length == 0 ? "{a" : repeated, Million)));
        var options = new ParserOptions { MaxBytes = int.MaxValue, MaxTokens = int.MaxValue };
        Assert.Throws<SyntaxException>(() => Parser.Parse(source, options));

        var before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<SyntaxException>(() => Parser.Parse(source, options));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200_000);
        // What is charged once, as compiling or a collection, is not the parser's: the fastest of a few.
        Assert.InRange(Enumerable.Range(0, 4).Min(_ => ThreadClock.MillisecondsOf(() => Record.Exception(() => Parser.Parse(source, options)))), 0, 50);
        Assert.Equal("QUERY_LIMIT_EXCEEDED", error.ToError().Code);
    }

    [Fact]
    public void The_deepest_allowed_document_fits_a_small_stack()
    {
        var depth = ParserOptions.Default.MaxDepth;
        string[] deepest =
        [
            string.Concat(Enumerable.Repeat("{a", depth)) + new string('}', depth),
            string.Concat(Enumerable.Repeat("{...", depth)) + "{a}" + new string('}', depth),
            "{f(a:" + new string('[', depth - 1) + new string(']', depth - 1) + ")}",
            "{f(a:" + string.Concat(Enumerable.Repeat("{b:", depth - 1)) + "1" + new string('}', depth - 1) + ")}",
            "query($v:" + new string('[', depth) + "Int" + new string(']', depth) + "){a}",
        ];
        Exception? failure = null;
        var thread = new Thread(
            () =>
            {
                foreach (var text in deepest)
                {
                    failure ??= Record.Exception(() => Printer.Print(Syntax.Parse(text, new ParserOptions { MaxDepth = depth + 1 })));
                }
            },
            maxStackSize: 256 * 1024);
        thread.Start();
        thread.Join();
        Assert.Null(failure);
    }

    [Fact]
    public void Depth_counts_open_nestings_only()
    {
        var options = new ParserOptions { MaxDepth = 3 };
        Syntax.Parse("{ a(b: [[1], {c: 2}]) d { e { f } } }", options);
        Assert.Equal(new SourceLocation(1, 13), Syntax.Refused("{ d { e { f { g } } } }", options).Location);
    }

    [Fact]
    public void Tokens_are_counted_up_to_the_limit_and_ignored_text_is_not()
    {
        var options = new ParserOptions { MaxTokens = 4 };
        Syntax.Parse("{ #{ a b c }\n,,, a, b }", options);
        var error = Syntax.Refused("{ a b c }", options);
        Assert.Equal(("QUERY_LIMIT_EXCEEDED", new SourceLocation(1, 9)), (error.ToError().Code, error.Location));
    }

    [Fact]
    public void Bytes_are_limited_before_anything_is_read()
    {
        var options = new ParserOptions { MaxBytes = 10 };
        Syntax.Parse("{ a234567}", options);
        Assert.Contains("10 bytes", Syntax.Refused("{ a2345678}", options).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void GQL_03_a_name_is_short_for_an_alias_comes_back_with_each_object_of_a_list()
    {
        var name = new string('x', 256);
        Syntax.Parse($"{{ {name}: a }}");
        var error = Syntax.Refused($"{{ {name}x: a }}");
        Assert.Equal(("QUERY_LIMIT_EXCEEDED", new SourceLocation(1, 3)), (error.ToError().Code, error.Location));
        Syntax.Parse($"{{ {name}x: a }}", ParserOptions.Trusted);
    }

    [Fact]
    public void An_error_does_not_echo_a_long_name()
    {
        Assert.InRange(Syntax.Refused("{ a } " + new string('x', 100_000), ParserOptions.Trusted).Message.Length, 1, 200);
    }
}

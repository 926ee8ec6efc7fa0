using System.Globalization;
using System.Text;
using ClientPortal.GraphQL.Language;
using ClientPortal.GraphQL.Validation;
using Xunit.Abstractions;

namespace ClientPortal.GraphQL.Tests.Validation;

/// <summary>Broken documents of all kinds: none may crash the engine or hold it up.</summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const int Seed = 20250901;
    private const int LimitMilliseconds = 50;

    private static readonly string[] Seeds =
    [
        "query Q($a: ID!, $b: [Int!] = [1, 2], $c: Boolean = true) @often(n: 1) { needs(id: $a) number(list: $b) dog @include(if: $c) { ...D } }\nfragment D on Dog { barks size friend { ... on Cat { meows ...A } } }\nfragment A on Animal { name(full: true) enemies { name } }",
        "{ animals(first: 3, filter: {name: \"x\\u00e9\\u{1F600}\", size: BIG, nested: {name: \"\"\"block\n  string\"\"\"}}) { __typename } __schema { types { name kind } } }",
        "\"d\" mutation M { feed(id: \"1\") { owner { pet { ... { name } } } } } subscription S { born { name } } query O { find(by: {name: \"x\"}) { name } anything(value: {a: [1, -2.5e3, null, E, {b: $x}]}) }",
        Language.PrinterTests.TypeSystem,
    ];

    private static readonly string[] Pieces =
    [
        "{", "}", "(", ")", "[", "]", ":", "=", "!", "|", "&", "@", "$", "...", "\"", "\"\"\"", "\\", "\\u{", "#", "\n", "\r", ",", "\uFEFF", "é", "😀", "\0",
        "fragment", "on", "query", "extend", "type", "true", "null", "-", "0", "1e9", ".5", "__typename", "...D", "...A", "fragment D on Dog { ...D }", "{ dog { ...D } }",
    ];

    [Fact]
    public void No_mutated_document_crashes_or_hangs()
    {
        var count = int.Parse(Environment.GetEnvironmentVariable("FUZZ_DOCUMENTS") ?? "20000", CultureInfo.InvariantCulture);
        var random = new Random(Seed);
        var (parsed, valid, slowest) = (0, 0, 0d);
        for (var i = 0; i < count; i++)
        {
            var document = Mutate(Encoding.UTF8.GetBytes(Seeds[random.Next(Seeds.Length)]), random);
            var start = ThreadClock.Now();
            var tree = Run(document, ref valid);
            var time = ThreadClock.Now() - start;
            if (time > LimitMilliseconds)
            {
                // Compiling or a collection can take as long once; a document that holds the engine up does so always.
                Assert.True(Enumerable.Range(0, 5).Any(_ => IsFast(document)), $"Document {i} took over {LimitMilliseconds} ms: {Convert.ToBase64String(document)}");
            }
            else
            {
                slowest = Math.Max(slowest, time);
            }

            if (tree is not null)
            {
                parsed++;
                var printed = Printer.Print(tree);
                Assert.Equal(printed, Printer.Print(Parser.Parse(Source.From(printed), ParserOptions.Trusted)));
            }
        }

        output.WriteLine($"{count} documents from seed {Seed}: {parsed} well formed, {valid} valid, the slowest took {slowest:0.0} ms.");
        Assert.InRange(parsed, count / 100, count);
        Assert.InRange(valid, 1, parsed);
    }

    private static bool IsFast(byte[] document)
    {
        var ignored = 0;
        return ThreadClock.MillisecondsOf(() => Run(document, ref ignored)) <= LimitMilliseconds;
    }

    /// <summary>The tree, null when the parser refuses; anything but its refusal fails the test.</summary>
    private static DocumentNode? Run(byte[] document, ref int valid)
    {
        try
        {
            var tree = Parser.Parse(new Source(document), ParserOptions.Default);
            valid += Validator.Validate(Zoo.Schema, tree, ValidationOptions.Default).Count == 0 ? 1 : 0;
            Validator.Validate(Zoo.Schema, tree, Zoo.Unlimited);
            return tree;
        }
        catch (SyntaxException)
        {
            return null;
        }
    }

    private static byte[] Mutate(byte[] text, Random random)
    {
        var bytes = new List<byte>(text);
        for (var n = random.Next(4); n >= 0; n--)
        {
            var at = random.Next(bytes.Count + 1);
            var length = Math.Min(random.Next(12), bytes.Count - at);
            switch (random.Next(6))
            {
                case 0:
                    bytes.RemoveRange(at, length);
                    break;
                case 1:
                    bytes.InsertRange(at, bytes.GetRange(at, length));
                    break;
                case 2:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(Pieces[random.Next(Pieces.Length)]));
                    break;
                case 3:
                    bytes.InsertRange(random.Next(bytes.Count + 1), bytes.GetRange(at, length));
                    break;
                case 4 when at < bytes.Count:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 5:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(Pieces[random.Next(Pieces.Length)], random.Next(300)))));
                    break;
            }
        }

        return [.. bytes];
    }
}

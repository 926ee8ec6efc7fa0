using System.Text.Json;
using ClientPortal.GraphQL.Execution;
using ClientPortal.GraphQL.Language;
using ClientPortal.GraphQL.Validation;
using Xunit.Abstractions;

namespace ClientPortal.GraphQL.Tests.Validation;

/// <summary>Documents that are small to send and huge to work out.</summary>
public sealed class HostileOperationTests(ITestOutputHelper output)
{
    private static string Fragments(int count, Func<int, string> body, string last) =>
        string.Concat(Enumerable.Range(0, count).Select(i => $"fragment F{i} on Dog {{ {body(i)} }} ")) + $"fragment F{count} on Dog {{ {last} }}";

    public static TheoryData<string, string> Bombs => new()
    {
        { "spreads doubled at every level", "{ dog { ...F0 } } " + Fragments(100, i => $"...F{i + 1} ...F{i + 1}", "barks") },
        { "fields doubled at every level", "{ dog { ...F0 } } " + Fragments(100, i => $"a: friend {{ ...F{i + 1} }} b: friend {{ ...F{i + 1} }}", "barks") },
        { "one field twice at every level", "{ dog { ...F0 } } " + Fragments(100, i => $"friend {{ ...F{i + 1} }} friend {{ ...F{i + 1} }}", "barks") },
        { "a long chain", "{ dog { ...F0 } } " + Fragments(1500, i => $"...F{i + 1}", "barks") },
        { "a long nested chain", "{ dog { ...F0 } } " + Fragments(1300, i => $"friend {{ ...F{i + 1} }}", "barks") },
        { "a long cycle", "{ dog { ...F0 } } " + Fragments(1300, i => $"friend {{ ...F{i + 1} }}", "...F0") },
        { "two fragments in a circle", "{ dog { ...F } } fragment F on Dog { ...G } fragment G on Dog { ...F }" },
        { "a long cycle closed over and over", "{ dog { ...F0 } } " + Fragments(980, i => $"...F{i + 1}", string.Concat(Enumerable.Repeat("...F0 ", 900))) },
        { "everything spreads everything", "{ dog { ...F0 } } " + Fragments(60, i => string.Concat(Enumerable.Range(0, 60).Select(j => $"...F{j} ")), "...F0") },
        { "one field over and over", "{ dog { " + string.Concat(Enumerable.Repeat("barks ", 14_000)) + "} }" },
        { "conflicting fields over and over", "{ dog { " + string.Concat(Enumerable.Range(0, 3_000).Select(i => $"x: name(full: {(i % 2 == 0 ? "true" : "false")}) ")) + "} }" },
        { "nested fields over and over", "{ " + string.Concat(Enumerable.Range(0, 1_800).Select(_ => "dog { friend { name } } ")) + "}" },
        { "many operations over many variables", string.Concat(Enumerable.Range(0, 500).Select(i => $"query Q{i}($a: Boolean) {{ ...F0 }} ")) + "fragment F0 on Query { " + string.Concat(Enumerable.Range(0, 900).Select(i => $"dog {{ n{i}: name(full: $a) }} ")) + "}" },
        { "one argument over and over", "{ number(" + string.Concat(Enumerable.Range(0, 4_900).Select(i => $"a{i}: 1 ")) + ") number(" + string.Concat(Enumerable.Range(0, 20).Select(i => $"a{i}: 1 ")) + ") }" },
        { "a huge input object", "{ animals(filter: {" + string.Concat(Enumerable.Range(0, 4_900).Select(i => $"a{i}: 1 ")) + "}) { name } }" },
        { "directives over and over", "{ dog { barks " + string.Concat(Enumerable.Repeat("@once ", 7_000)) + "} }" },
        { "sets that never repeat", SubsetBomb() },
    };

    // What is merged after a path of a's and b's depends on every letter of it, so that the sets double from level to level.
    private static string SubsetBomb()
    {
        const int levels = 20;
        var text = new System.Text.StringBuilder("{ dog { ...L0x0 } } ");
        for (var level = 0; level < levels; level++)
        {
            for (var i = 0; i <= level; i++)
            {
                var (stay, next) = (i == 0 ? $"...L{level + 1}x0" : "", $"...L{level + 1}x{i + 1}");
                text.Append(System.Globalization.CultureInfo.InvariantCulture, $"fragment L{level}x{i} on Dog {{ a: friend {{ ... on Dog {{ {stay} {next} }} }} b: friend {{ ... on Dog {{ {(i == 0 ? stay : next)} }} }} }} ");
            }
        }

        for (var i = 0; i <= levels; i++)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"fragment L{levels}x{i} on Dog {{ barks }} ");
        }

        return text.ToString();
    }

    [Theory]
    [MemberData(nameof(Bombs))]
    public void GQL_03_a_bomb_is_answered_at_once(string name, string text)
    {
        var document = Parser.Parse(Source.From(text), ParserOptions.Default with { MaxTokens = 60_000, MaxBytes = 1_000_000 });
        Assert.InRange(Fastest(() => Validator.Validate(Zoo.Schema, document, ValidationOptions.Default)), 0, 50);
        output.WriteLine($"{name}: {Fastest(() => Validator.Validate(Zoo.Schema, document, ValidationOptions.Default)):0.0} ms, without limits {Fastest(() => Validator.Validate(Zoo.Schema, document, Zoo.Unlimited)):0.0} ms.");

        // Without limits the rules still hold their own: nothing grows faster than the document.
        Assert.InRange(Fastest(() => Validator.Validate(Zoo.Schema, document, Zoo.Unlimited)), 0, 250);
    }

    // The first run pays for compiling.
    private static double Fastest(Action action) => Enumerable.Range(0, 4).Min(_ => ThreadClock.MillisecondsOf(action));

    [Fact]
    public void GQL_03_many_variables_are_found_among_many_members_at_once()
    {
        var names = Enumerable.Range(0, 1_200).Select(i => $"a{i + 10_000}").ToArray();
        var document = Parser.Parse(Source.From($"query ({string.Concat(names.Select(n => $"${n}: ID! "))}) {{ byIds(ids: [{string.Concat(names.Select(n => $"${n} "))}]) {{ name }} }}"), ParserOptions.Default);
        var json = JsonSerializer.SerializeToElement(names.Concat(Enumerable.Range(0, 40_000).Select(i => $"b{i + 10_000}")).ToDictionary(n => n));
        var errors = new List<GraphQLError>();
        Assert.InRange(Fastest(() => Assert.Equal("a11199", VariableCoercion.Coerce(Zoo.Schema, document, (OperationNode)document.Definitions[0], json, errors)["a11199"])), 0, 50);
        Assert.Empty(errors);
    }

    [Fact]
    public void GQL_03_all_errors_together_name_a_thousand_places_and_then_one_each()
    {
        var errors = Zoo.Validate("{ dog { ...F0 } } " + Fragments(600, i => $"...F{i + 1}", string.Concat(Enumerable.Repeat("...F0 ", 5))));
        Assert.Equal([601, 399, 1, 1, 1], errors.Select(e => e.Locations.Count));
    }

    [Fact]
    public void Sets_that_never_repeat_are_refused_as_too_complex() =>
        Assert.Contains(Zoo.Validate(SubsetBomb()), e => e.Code == "QUERY_LIMIT_EXCEEDED");

    [Fact]
    public void Chains_and_cycles_of_any_length_need_no_stack()
    {
        var texts = new[] { Fragments(1300, i => $"friend {{ ...F{i + 1} }}", "barks"), Fragments(1300, i => $"friend {{ ...F{i + 1} }}", "...F0"), Fragments(1500, i => $"...F{i + 1}", "barks") };
        Exception? failure = null;
        var thread = new Thread(
            () =>
            {
                foreach (var text in texts)
                {
                    failure ??= Record.Exception(() => Zoo.Validate("{ dog { ...F0 } } " + text));
                    failure ??= Record.Exception(() => Zoo.Validate("{ dog { ...F0 } } " + text, ValidationOptions.Default));
                }
            },
            maxStackSize: 256 * 1024);
        thread.Start();
        thread.Join();
        Assert.Null(failure);
    }
}

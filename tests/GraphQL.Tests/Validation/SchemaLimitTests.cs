using ClientPortal.GraphQL.Language;
using ClientPortal.GraphQL.Types;
using ClientPortal.GraphQL.Validation;
using Xunit.Abstractions;

namespace ClientPortal.GraphQL.Tests.Validation;

/// <summary>The limits leave room for what a front end asks for.</summary>
public sealed class SchemaLimitTests(ITestOutputHelper output)
{
    [Fact]
    public void Every_list_of_the_API_fits_with_any_list_of_its_items_in_it()
    {
        var schema = SdlSchema.Build(File.ReadAllText(Path.Combine(Repository.Root, "schema.graphql")));
        var count = 0;
        foreach (var (path, list) in ListsOf(schema.Query!, [], 2))
        {
            foreach (var nested in ListsOf(ItemOf(list), [], 2).Select(l => Wrap(l.Path, Page(l.List, ""))).Append(""))
            {
                var text = $"{{ {Wrap(path, Page(list, nested))} }}";
                var errors = Validator.Validate(schema, Parser.Parse(Source.From(text), ParserOptions.Default), ValidationOptions.Default);
                Assert.True(errors.Count == 0, $"{string.Join(' ', errors.Select(e => e.Message))}\n{text}");
                count++;
            }
        }

        output.WriteLine($"{count} pairs of lists fit.");
        Assert.True(count > 5);
    }

    /// <summary>Every paged field below a type, with the fields that lead to it.</summary>
    private static IEnumerable<(IReadOnlyList<FieldDefinition> Path, FieldDefinition List)> ListsOf(FieldsType type, IReadOnlyList<FieldDefinition> path, int depth)
    {
        foreach (var field in type.Fields.Where(f => !f.Arguments.Any(a => a.IsRequired)))
        {
            if (field.Argument("first") is not null)
            {
                yield return (path, field);
            }
            else if (depth > 0 && field.Type.Nullable is ObjectType below)
            {
                foreach (var deeper in ListsOf(below, [.. path, field], depth - 1))
                {
                    yield return deeper;
                }
            }
        }
    }

    /// <summary>What the pages of a list hold: a connection's nodes, or the items of a plain list.</summary>
    private static FieldsType ItemOf(FieldDefinition list)
    {
        var type = (FieldsType)list.Type.Named;
        return type.Field("nodes") is { } nodes ? (FieldsType)nodes.Type.Named : type;
    }

    private static string Page(FieldDefinition list, string nested)
    {
        var item = ItemOf(list);
        return item == list.Type.Named
            ? $"{list.Name} {{ {Leaves(item)} {nested} }}"
            : $"{list.Name} {{ edges {{ cursor node {{ {Leaves(item)} {nested} }} }} pageInfo {{ hasNextPage endCursor }} }}";
    }

    private static string Leaves(FieldsType type) =>
        "__typename " + string.Join(' ', type.Fields.Where(f => f.Type.IsLeaf && !f.Arguments.Any(a => a.IsRequired)).Select(f => f.Name));

    private static string Wrap(IReadOnlyList<FieldDefinition> path, string inner) =>
        path.Reverse().Aggregate(inner, (text, field) => $"{field.Name} {{ {text} }}");
}

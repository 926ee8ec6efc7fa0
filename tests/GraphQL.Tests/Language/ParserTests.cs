using ClientPortal.GraphQL.Language;

namespace ClientPortal.GraphQL.Tests.Language;

public sealed class ParserTests
{
    [Fact]
    public void An_operation_keeps_all_its_parts_and_their_places()
    {
        var document = Syntax.Parse("\"All.\" query Q(\"Which.\" $id: [ID!]! = [\"1\"] @a) @b {\n  x: y(z: $id) @c\n  ...F\n  ... on T { t }\n  ... @d { u }\n}\nfragment F on T { v }");
        var operation = Assert.IsType<OperationNode>(document.Definitions[0]);
        Assert.Equal(("All.", OperationKind.Query, "Q"), (operation.Description, operation.Kind, operation.Name!.Value));
        var variable = Assert.Single(operation.Variables);
        Assert.Equal(("Which.", "id"), (variable.Description, variable.Variable.Name));
        Assert.Equal("[ID!]!", Printer.Print(variable.Type));
        var field = Assert.IsType<FieldNode>(operation.SelectionSet.Selections[0]);
        Assert.Equal(("x", "y", new SourceLocation(2, 3)), (field.ResponseName, field.Name.Value, document.LocationOf(field)));
        Assert.Equal("F", Assert.IsType<FragmentSpreadNode>(operation.SelectionSet.Selections[1]).Name.Value);
        Assert.Equal("T", Assert.IsType<InlineFragmentNode>(operation.SelectionSet.Selections[2]).TypeCondition!.Name);
        Assert.Null(Assert.IsType<InlineFragmentNode>(operation.SelectionSet.Selections[3]).TypeCondition);
        Assert.Equal(new SourceLocation(7, 1), document.LocationOf(document.Definitions[1]));
    }

    [Theory]
    [InlineData("query Q { a }", OperationKind.Query)]
    [InlineData("mutation { a }", OperationKind.Mutation)]
    [InlineData("subscription ($a: Int) { a }", OperationKind.Subscription)]
    public void Each_kind_of_operation_is_known(string text, OperationKind kind)
    {
        Assert.Equal(kind, Assert.IsType<OperationNode>(Syntax.Parse(text).Definitions[0]).Kind);
    }

    [Theory]
    [InlineData("{ query mutation subscription fragment on true false null type extend }")]
    [InlineData("query query($query: query) { on: on(on: on) ... on on { on } ...fragment }")]
    public void Keywords_are_names_wherever_a_name_may_stand(string text)
    {
        Assert.Single(Syntax.Parse(text).Definitions);
    }

    [Theory]
    [InlineData("{ }")]
    [InlineData("{ a() }")]
    [InlineData("query () { a }")]
    [InlineData("{ a { } }")]
    [InlineData("{ a: }")]
    [InlineData("{ ...on }")]
    [InlineData("fragment on on T { a }")]
    [InlineData("fragment F { a }")]
    [InlineData("fragment F($a: Int) on T { a }")]
    [InlineData("query ($a: Int = $b) { a }")]
    [InlineData("query ($a: Int @d(b: [$c])) { a }")]
    [InlineData("query ($a: Int!!) { a }")]
    [InlineData("query ($a: [Int) { a }")]
    [InlineData("\"d\" { a }")]
    [InlineData("\"d\"")]
    [InlineData("\"d\" \"d\" query { a }")]
    [InlineData("{ a } }")]
    [InlineData("{ f(a: $) }")]
    [InlineData("{ f(a: {b}) }")]
    [InlineData("notAnOperation { a }")]
    [InlineData("extend type T")]
    [InlineData("extend scalar S")]
    [InlineData("\"d\" extend type T { a: Int }")]
    [InlineData("extend schema")]
    [InlineData("schema { }")]
    [InlineData("schema { question: Q }")]
    [InlineData("type T { }")]
    [InlineData("type T implements { a: Int }")]
    [InlineData("type T { a(): Int }")]
    [InlineData("union U = |")]
    [InlineData("enum E { true }")]
    [InlineData("enum E { A null }")]
    [InlineData("input I { a: Int = $v }")]
    [InlineData("directive @d on SOMEWHERE")]
    [InlineData("directive @d repeatable")]
    [InlineData("extend directive @d on FIELD")]
    public void What_the_grammar_does_not_know_is_refused(string text)
    {
        Syntax.Refused(text);
    }

    [Fact]
    public void Every_type_system_definition_and_extension_is_read()
    {
        var document = Syntax.Parse(PrinterTests.TypeSystem);
        Assert.Equal(17, document.Definitions.Count);
        Assert.Equal(7, document.Definitions.OfType<TypeSystemNode>().Count(d => d.IsExtension));
        var type = document.Definitions.OfType<ObjectTypeNode>().First();
        Assert.Equal(["Node", "Named"], type.Interfaces.Select(i => i.Name));
        Assert.Equal("Its friends.", type.Fields[1].Description);
        Assert.Equal("10", Printer.Print(type.Fields[1].Arguments[0].DefaultValue!));
        var directive = Assert.Single(document.Definitions.OfType<DirectiveDefinitionNode>());
        Assert.True(directive.IsRepeatable);
        Assert.Equal(["FIELD", "OBJECT"], directive.Locations.Select(l => l.Value));
    }

    [Fact]
    public void Text_that_is_no_token_is_the_error_even_behind_what_may_not_stand_there()
    {
        Assert.Equal(19, Syntax.Refused("query ($a: Int = $1.) { b }").Location.Column - 2);
        Assert.Equal(18, Syntax.Refused("query ($a: Int = $b) { b }").Location.Column);
        Assert.Equal(24, Syntax.Refused("directive @d on WHERE \"").Location.Column);
        Assert.Equal(17, Syntax.Refused("directive @d on WHERE x").Location.Column);
    }

    [Fact]
    public void A_name_that_repeats_is_one_string()
    {
        var operation = (OperationNode)Syntax.Parse("{ number number }").Definitions[0];
        var names = operation.SelectionSet.Selections.Cast<FieldNode>().Select(f => f.Name.Value).ToArray();
        Assert.Same(names[0], names[1]);
    }

    [Fact]
    public void A_lone_value_is_read_whole()
    {
        Assert.Equal("{a: [1, E, null]}", Printer.Print(Parser.ParseConstantValue("{a:[1 E null]}")));
        Assert.Throws<SyntaxException>(() => Parser.ParseConstantValue("1 2"));
        Assert.Throws<SyntaxException>(() => Parser.ParseConstantValue("$v"));
    }
}

using ClientPortal.GraphQL.Language;
using ClientPortal.GraphQL.Types;
using ClientPortal.GraphQL.Validation.Rules;

namespace ClientPortal.GraphQL.Validation;

/// <summary>
/// The one walk over a document. It visits each definition once, never following a spread, calls at each node the rules that
/// concern it, and notes what the rules about whole operations need afterwards.
/// </summary>
internal sealed class DocumentWalker(ValidationContext context)
{
    private readonly List<DefinitionUses> _operations = [];
    private readonly Dictionary<string, DefinitionUses> _fragments = [];
    private DefinitionUses _current = null!; // set before anything of a definition is visited

    public void Walk()
    {
        foreach (var definition in context.Document.Definitions)
        {
            switch (definition)
            {
                case OperationNode operation:
                    VisitOperation(operation);
                    break;
                case FragmentDefinitionNode fragment:
                    VisitFragment(fragment);
                    break;
                default:
                    ExecutableDefinitions.Report(context, definition);
                    break;
            }
        }

        OperationNameUniqueness.Check(context);
        LoneAnonymousOperation.Check(context);
        FragmentNameUniqueness.Check(context);
        FragmentsMustBeUsed.Check(context, _operations, _fragments);
        FragmentSpreadsMustNotFormCycles.Check(context, _fragments);
        OperationVariables.Check(context, _operations, _fragments);
        SingleRootField.Check(context);
        FieldSelectionMerging.Check(context, _operations, _fragments);
    }

    private void VisitOperation(OperationNode operation)
    {
        _current = new DefinitionUses(operation);
        _operations.Add(_current);
        var root = OperationTypeExistence.Check(context, operation);
        VariableUniqueness.Check(context, operation);
        foreach (var variable in operation.Variables)
        {
            VisitVariableDefinition(variable);
        }

        VisitDirectives(operation.Directives, operation.Kind switch
        {
            OperationKind.Query => DirectiveLocations.Query,
            OperationKind.Mutation => DirectiveLocations.Mutation,
            _ => DirectiveLocations.Subscription,
        });
        VisitSelections(operation.SelectionSet, root, _current.Fields);
    }

    private void VisitVariableDefinition(VariableDefinitionNode variable)
    {
        FragmentSpreadTypeExistence.Check(context, variable.Type);
        var type = VariablesAreInputTypes.Check(context, variable);
        if (variable.DefaultValue is { } value)
        {
            VisitValue(value, type, hasDefault: false, oneOf: null);
            ValuesOfCorrectType.Check(context, value, type);
        }

        VisitDirectives(variable.Directives, DirectiveLocations.VariableDefinition);
    }

    private void VisitFragment(FragmentDefinitionNode fragment)
    {
        // Of two fragments of one name, the first is the one that spreads mean.
        _current = new DefinitionUses(fragment);
        _fragments.TryAdd(fragment.Name.Value, _current);
        FragmentSpreadTypeExistence.Check(context, fragment.TypeCondition);
        FragmentsOnCompositeTypes.Check(context, fragment.TypeCondition);
        VisitDirectives(fragment.Directives, DirectiveLocations.FragmentDefinition);
        VisitSelections(fragment.SelectionSet, context.CompositeType(fragment.TypeCondition.Name), _current.Fields);
    }

    private void VisitSelections(SelectionSetNode selectionSet, NamedType? parent, SelectedFields fields)
    {
        foreach (var selection in selectionSet.Selections)
        {
            switch (selection)
            {
                case FieldNode field:
                    VisitField(field, parent, fields);
                    break;
                case InlineFragmentNode fragment:
                    VisitInlineFragment(fragment, parent, fields);
                    break;
                case FragmentSpreadNode spread:
                    FragmentSpreadTargetDefined.Check(context, spread);
                    FragmentSpreadIsPossible.Check(context, spread, parent);
                    VisitDirectives(spread.Directives, DirectiveLocations.FragmentSpread);
                    _current.Spreads.Add(spread);
                    fields.Spreads.Add(spread.Name.Value);
                    break;
            }
        }
    }

    private void VisitField(FieldNode field, NamedType? parent, SelectedFields fields)
    {
        var definition = FieldSelections.Check(context, field, parent);
        VisitArguments(field, field.Arguments, definition?.Arguments);
        VisitDirectives(field.Directives, DirectiveLocations.Field);
        if (definition is not null)
        {
            LeafFieldSelections.Check(context, field, definition);
        }

        SelectedFields? selected = null;
        if (field.SelectionSet is { } selectionSet)
        {
            selected = new SelectedFields();
            VisitSelections(selectionSet, definition?.Type.Named is FieldsType or UnionType ? definition.Type.Named : null, selected);
        }

        fields.Fields.Add(new SelectedField(field, parent, definition?.Type, selected));
    }

    private void VisitInlineFragment(InlineFragmentNode fragment, NamedType? parent, SelectedFields fields)
    {
        var type = parent;
        if (fragment.TypeCondition is { } condition)
        {
            FragmentSpreadTypeExistence.Check(context, condition);
            FragmentsOnCompositeTypes.Check(context, condition);
            type = context.CompositeType(condition.Name);
            FragmentSpreadIsPossible.Check(context, fragment, type, parent);
        }

        VisitDirectives(fragment.Directives, DirectiveLocations.InlineFragment);
        VisitSelections(fragment.SelectionSet, type, fields);
    }

    private void VisitDirectives(IReadOnlyList<DirectiveNode> directives, string location)
    {
        if (directives.Count == 0)
        {
            return;
        }

        DirectivesAreUniquePerLocation.Check(context, directives);
        foreach (var directive in directives)
        {
            var definition = DirectivesAreDefined.Check(context, directive, location);
            VisitArguments(directive, directive.Arguments, definition?.Arguments);
        }
    }

    /// <param name="node">The field or directive.</param>
    /// <param name="arguments">The arguments given.</param>
    /// <param name="definitions">Those that it takes; null when it is not defined itself.</param>
    private void VisitArguments(SyntaxNode node, IReadOnlyList<ArgumentNode> arguments, IReadOnlyList<InputValue>? definitions)
    {
        ArgumentUniqueness.Check(context, arguments);
        if (definitions is not null)
        {
            RequiredArguments.Check(context, node, arguments, definitions);
        }

        foreach (var argument in arguments)
        {
            var definition = definitions is null ? null : ArgumentNames.Check(context, node, argument, definitions);
            VisitValue(argument.Value, definition?.Type, definition?.DefaultValue is not null, oneOf: null);
            ValuesOfCorrectType.Check(context, argument.Value, definition?.Type);
        }
    }

    private void VisitValue(ValueNode value, GraphQLType? type, bool hasDefault, InputObjectType? oneOf)
    {
        switch (value)
        {
            case VariableNode variable:
                _current.Variables.Add(new VariableUse(variable, type, hasDefault, oneOf));
                break;
            case ListValueNode list:
                // What is no list type here is an error of its own; the items' variables still count as used.
                var itemType = (type?.Nullable as ListType)?.Of;
                foreach (var item in list.Items)
                {
                    VisitValue(item, itemType, hasDefault: false, oneOf: null);
                }

                break;
            case ObjectValueNode obj:
                InputObjectFieldUniqueness.Check(context, obj);
                var inputType = type?.Named as InputObjectType;
                foreach (var field in obj.Fields)
                {
                    var definition = inputType?.Field(field.Name.Value);
                    VisitValue(field.Value, definition?.Type, definition?.DefaultValue is not null, inputType is { IsOneOf: true } ? inputType : null);
                }

                break;
        }
    }
}

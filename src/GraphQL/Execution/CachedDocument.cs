using System.Collections.Concurrent;
using ClientPortal.GraphQL.Language;
using ClientPortal.GraphQL.Types;
using ClientPortal.GraphQL.Validation.Limits;

namespace ClientPortal.GraphQL.Execution;

/// <summary>A document that was parsed and validated, with its plans; or the errors that refuse it.</summary>
internal sealed class CachedDocument(string text, DocumentNode? document, IReadOnlyList<GraphQLError> errors)
{
    // Each set of values of the variables in @skip and @include has its own plan; no client needs more than a few.
    private const int MaxPlans = 32;

    // What a planned field takes, with its arguments; roughly.
    private const int PlannedFieldSize = 300;

    private readonly ConcurrentDictionary<string, OperationPlan> _plans = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string[]> _conditions = [];
    private int _plannedFields;

    public string Text { get; } = text;

    public DocumentNode? Document { get; } = document;

    public IReadOnlyList<GraphQLError> Errors { get; } = errors;

    /// <summary>Bytes of the text and the plans. The tree takes up to ten times the text's UTF-16, which is not counted; the constant is for small documents.</summary>
    public long Size => 1_000 + (Text.Length * 2) + ((long)Volatile.Read(ref _plannedFields) * PlannedFieldSize);

    /// <summary>The size that the cache has counted.</summary>
    public long CountedSize { get; set; }

    /// <summary>Whether the size of a page comes from a variable, so that the cost is known only with the request.</summary>
    public bool CostDependsOnVariables { get; } = document is not null && errors.Count == 0 && PageVariables.AreUsedIn(document);

    /// <summary>The operation to run (section 6.1.1); null when the name does not decide it.</summary>
    public OperationNode? Operation(string? name)
    {
        OperationNode? found = null;
        foreach (var definition in Document!.Definitions)
        {
            if (definition is OperationNode operation && (name is null || operation.Name?.Value == name))
            {
                if (found is not null)
                {
                    return null;
                }

                found = operation;
            }
        }

        return found;
    }

    public OperationPlan Plan(Schema schema, OperationNode operation, ObjectType root, IReadOnlyDictionary<string, object?> variables)
    {
        var key = KeyOf(operation, variables);
        if (_plans.TryGetValue(key, out var plan))
        {
            return plan;
        }

        if (_plans.Count >= MaxPlans)
        {
            return new SelectionPlanner(schema, Document!, variables, null).Plan(operation, root);
        }

        plan = new SelectionPlanner(schema, Document!, variables, fields => Interlocked.Add(ref _plannedFields, fields)).Plan(operation, root);
        _plans.TryAdd(key, plan);
        return plan;
    }

    private string KeyOf(OperationNode operation, IReadOnlyDictionary<string, object?> variables)
    {
        var name = operation.Name?.Value ?? "";
        string[]? conditions;
        lock (_conditions)
        {
            if (!_conditions.TryGetValue(name, out conditions))
            {
                conditions = [.. PlanConditions.Of(Document!).Where(c => operation.Variables.Any(v => v.Variable.Name == c))];
                _conditions.Add(name, conditions);
            }
        }

        if (conditions.Length == 0)
        {
            return name;
        }

        return string.Create(name.Length + 1 + conditions.Length, (name, conditions, variables), static (span, state) =>
        {
            state.name.CopyTo(span);
            span = span[state.name.Length..];
            span[0] = ':';
            for (var i = 0; i < state.conditions.Length; i++)
            {
                span[i + 1] = state.variables.GetValueOrDefault(state.conditions[i]) switch { true => '1', false => '0', _ => 'n' };
            }
        });
    }
}

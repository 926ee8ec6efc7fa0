using ClientPortal.GraphQL.Language;
using ClientPortal.GraphQL.Types;

namespace ClientPortal.GraphQL.Validation.Rules;

/// <summary>
/// 5.3.2 Field Selection Merging. The specification compares fields in pairs, which is quadratic, and with nested fragments
/// exponential. Here fields with one response name are compared with the first of them (being alike is transitive), what is
/// below them is merged into one set, and each distinct set is looked at once. Sets wait in a queue, so that depth costs no
/// stack; a document made to have very many distinct sets is refused once the work allowed for it is spent.
/// </summary>
internal sealed class FieldSelectionMerging
{
    private readonly ValidationContext _context;
    private readonly IReadOnlyDictionary<string, DefinitionUses> _fragments;
    private readonly Queue<MergedSet> _waiting = [];
    private readonly HashSet<MergedSetKey> _seen = [];
    private readonly HashSet<SelectedFields> _seenAlone = [];
    private readonly HashSet<(FieldNode, FieldNode)> _reported = [];
    private readonly HashSet<SelectedFields> _covered = [];

    // Working space of Collect and CheckGroups, empty between calls.
    private readonly HashSet<SelectedFields> _entered = [];
    private readonly Stack<SelectedFields> _parts = [];
    private readonly Dictionary<string, List<MergedField>> _groups = [];
    private readonly Dictionary<string, MergedField> _firsts = [];
    private int _work;

    private FieldSelectionMerging(ValidationContext context, IReadOnlyDictionary<string, DefinitionUses> fragments)
    {
        _context = context;
        _fragments = fragments;
    }

    public static void Check(ValidationContext context, IReadOnlyList<DefinitionUses> operations, IReadOnlyDictionary<string, DefinitionUses> fragments)
    {
        var rule = new FieldSelectionMerging(context, fragments);
        foreach (var uses in operations.Concat(fragments.Values))
        {
            // Where a fragment is spread, its fields were compared with those around it and with each other.
            if (!rule._covered.Contains(uses.Fields) && rule._work <= context.MaxMergeWork)
            {
                rule.Enqueue(new MergedSet([uses.Fields], [null], ShapeOnly: false));
                rule.Run();
            }
        }
    }

    private void Run()
    {
        while (_waiting.TryDequeue(out var set))
        {
            var fields = Collect(set);
            if (_work > _context.MaxMergeWork)
            {
                _context.ReportLimit("The document is too complex: too many selections would have to be merged.");
                _waiting.Clear();
                return;
            }

            CheckGroups(set, fields);
        }
    }

    private void Enqueue(MergedSet set)
    {
        // Most sets are a single selection set, which is its own key.
        if (set is { Parts: [var only], ShapeOnly: false } ? _seenAlone.Add(only) : set.Parts.Count > 0 && _seen.Add(new MergedSetKey(set.Parts, set.ShapeOnly)))
        {
            _waiting.Enqueue(set);
        }
    }

    /// <summary>All fields of the set, those of its fragments included, each once.</summary>
    private List<MergedField> Collect(MergedSet set)
    {
        var fields = new List<MergedField>();
        _entered.Clear();
        for (var i = 0; i < set.Parts.Count; i++)
        {
            _parts.Push(set.Parts[i]);
            while (_parts.TryPop(out var part))
            {
                if (!_entered.Add(part))
                {
                    continue;
                }

                _covered.Add(part);
                _work += 1 + part.Fields.Count + part.Spreads.Count;
                foreach (var field in part.Fields)
                {
                    fields.Add(new MergedField(field, set.Origins[i]));
                }

                // The last first, so that the first is taken up next: errors name fields in the document's order.
                for (var s = part.Spreads.Count - 1; s >= 0; s--)
                {
                    if (_fragments.TryGetValue(part.Spreads[s], out var fragment))
                    {
                        _parts.Push(fragment.Fields);
                    }
                }
            }
        }

        return fields;
    }

    private void CheckGroups(MergedSet set, List<MergedField> fields)
    {
        _firsts.Clear();
        _groups.Clear();
        foreach (var field in fields)
        {
            var name = field.Field.Node.ResponseName;
            if (_firsts.TryAdd(name, field))
            {
                continue;
            }

            if (!_groups.TryGetValue(name, out var group))
            {
                group = [_firsts[name]];
                _groups.Add(name, group);
            }

            group.Add(field);
        }

        foreach (var (name, field) in _firsts)
        {
            if (field.Field.Fields is { } below && !_groups.ContainsKey(name))
            {
                Enqueue(new MergedSet([below], [field], set.ShapeOnly));
            }
        }

        foreach (var group in _groups.Values)
        {
            CheckGroup(set, group);
        }
    }

    private void CheckGroup(MergedSet set, List<MergedField> group)
    {
        // SameResponseShape() holds for all fields of one response name, whatever their parents.
        foreach (var field in Unlike(group, (a, b) => FieldComparison.SameShape(a.Type, b.Type)))
        {
            Report(group[0], field, $"they return {group[0].Field.Type} and {field.Field.Type}");
        }

        if (set.ShapeOnly)
        {
            EnqueueBelow(group, shapeOnly: true);
            return;
        }

        // Fields on two different object types never meet in one object; a field on an interface or union may meet any.
        var anywhere = group.Where(f => f.Field.Parent is not ObjectType).ToList();
        var byObject = group.Where(f => f.Field.Parent is ObjectType).GroupBy(f => f.Field.Parent).ToArray();
        if (byObject.Length > 1)
        {
            EnqueueBelow(group, shapeOnly: true);
        }

        if (byObject.Length == 0)
        {
            CheckAlike(anywhere);
        }

        foreach (var onObject in byObject)
        {
            CheckAlike([.. anywhere, .. onObject]);
        }
    }

    private void CheckAlike(List<MergedField> fields)
    {
        _work += fields.Count;
        foreach (var field in Unlike(fields, (a, b) => a.Node.Name.Value == b.Node.Name.Value))
        {
            Report(fields[0], field, $"\"{fields[0].Field.Node.Name.Value}\" and \"{field.Field.Node.Name.Value}\" are different fields");
        }

        foreach (var field in Unlike(fields, (a, b) => a.Node.Name.Value != b.Node.Name.Value || FieldComparison.SameArguments(a.Node.Arguments, b.Node.Arguments)))
        {
            Report(fields[0], field, "they have different arguments");
        }

        EnqueueBelow(fields, shapeOnly: false);
    }

    private static IEnumerable<MergedField> Unlike(List<MergedField> fields, Func<SelectedField, SelectedField, bool> alike) =>
        fields.Skip(1).Where(f => !alike(fields[0].Field, f.Field));

    private void EnqueueBelow(List<MergedField> fields, bool shapeOnly)
    {
        var parts = new List<SelectedFields>(fields.Count);
        var origins = new List<MergedField?>(fields.Count);
        foreach (var field in fields)
        {
            if (field.Field.Fields is { } below)
            {
                parts.Add(below);
                origins.Add(field);
            }
        }

        Enqueue(new MergedSet(parts, origins, shapeOnly));
    }

    private void Report(MergedField a, MergedField b, string reason)
    {
        if (!_reported.Add((a.Field.Node, b.Field.Node)))
        {
            return;
        }

        // The fields above, as long as they differ, are part of the conflict: merging them is what brought these two together.
        var nodes = new List<SyntaxNode> { a.Field.Node, b.Field.Node };
        while (a.Origin is { } aboveA && b.Origin is { } aboveB && aboveA.Field != aboveB.Field)
        {
            nodes.Add(aboveA.Field.Node);
            nodes.Add(aboveB.Field.Node);
            (a, b) = (aboveA, aboveB);
        }

        _context.Report($"Fields \"{((FieldNode)nodes[0]).ResponseName}\" conflict: {reason}. Use different aliases to fetch both.", [.. nodes]);
    }
}

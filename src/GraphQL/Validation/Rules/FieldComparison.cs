using ClientPortal.GraphQL.Language;
using ClientPortal.GraphQL.Types;

namespace ClientPortal.GraphQL.Validation.Rules;

/// <summary>When two fields are alike in the sense of 5.3.2.</summary>
internal static class FieldComparison
{
    /// <summary>SameResponseShape() without the sub-selections: lists and non-nulls alike, leaves of one type. An unknown type is an error already and fits all.</summary>
    public static bool SameShape(GraphQLType? a, GraphQLType? b) => (a, b) switch
    {
        (null, _) or (_, null) => true,
        (NonNullType x, NonNullType y) => SameShape(x.Of, y.Of),
        (NonNullType, _) or (_, NonNullType) => false,
        (ListType x, ListType y) => SameShape(x.Of, y.Of),
        (ListType, _) or (_, ListType) => false,
        _ => a == b || (!a.IsLeaf && !b.IsLeaf),
    };

    /// <summary>Whether both give the same arguments, in whatever order.</summary>
    public static bool SameArguments(IReadOnlyList<ArgumentNode> a, IReadOnlyList<ArgumentNode> b)
    {
        if (a.Count != b.Count)
        {
            return false;
        }

        for (var i = 0; i < a.Count; i++)
        {
            if (a[i].Name.Value != b[i].Name.Value)
            {
                return SameInOtherOrder(a.Select(x => (x.Name.Value, x.Value)), b.Select(x => (x.Name.Value, x.Value)));
            }

            if (!SameValue(a[i].Value, b[i].Value))
            {
                return false;
            }
        }

        return true;
    }

    private static bool SameValue(ValueNode a, ValueNode b)
    {
        switch (a, b)
        {
            case (VariableNode x, VariableNode y): return x.Name == y.Name;
            case (IntValueNode x, IntValueNode y): return x.Text == y.Text;
            case (FloatValueNode x, FloatValueNode y): return x.Text == y.Text;
            case (StringValueNode x, StringValueNode y): return x.Value == y.Value;
            case (BooleanValueNode x, BooleanValueNode y): return x.Value == y.Value;
            case (NullValueNode, NullValueNode): return true;
            case (EnumValueNode x, EnumValueNode y): return x.Name == y.Name;
            case (ListValueNode x, ListValueNode y):
                if (x.Items.Count != y.Items.Count)
                {
                    return false;
                }

                for (var i = 0; i < x.Items.Count; i++)
                {
                    if (!SameValue(x.Items[i], y.Items[i]))
                    {
                        return false;
                    }
                }

                return true;
            case (ObjectValueNode x, ObjectValueNode y):
                return x.Fields.Count == y.Fields.Count
                    && SameInOtherOrder(x.Fields.Select(f => (f.Name.Value, f.Value)), y.Fields.Select(f => (f.Name.Value, f.Value)));
            default:
                return false;
        }
    }

    private static bool SameInOtherOrder(IEnumerable<(string Name, ValueNode Value)> a, IEnumerable<(string Name, ValueNode Value)> b)
    {
        var byName = new Dictionary<string, ValueNode>();
        foreach (var (name, value) in b)
        {
            byName.TryAdd(name, value);
        }

        return a.All(x => byName.TryGetValue(x.Name, out var other) && SameValue(x.Value, other));
    }
}

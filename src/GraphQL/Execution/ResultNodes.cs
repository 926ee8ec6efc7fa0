namespace ClientPortal.GraphQL.Execution;

/// <summary>A place in the response that holds further values. A dead one was replaced by null because something in it that may not be null failed.</summary>
internal abstract class ResultNode(ResultNode? parent, int index)
{
    /// <summary>What holds this node; null at the root.</summary>
    public ResultNode? Parent { get; } = parent;

    /// <summary>Where <see cref="Parent"/> holds it.</summary>
    public int Index { get; } = index;

    public bool IsDead { get; set; }

    /// <summary>Whether this node or one above it is dead.</summary>
    public bool IsCutOff
    {
        get
        {
            for (var node = this; node is not null; node = node.Parent)
            {
                if (node.IsDead)
                {
                    return true;
                }
            }

            return false;
        }
    }

    public abstract object?[] Values { get; }

    public abstract Shape ShapeAt(int index);

    /// <summary>The entry of a response path.</summary>
    public abstract object KeyAt(int index);

    /// <summary>The response path of the value at <paramref name="index"/> (section 7.1.2).</summary>
    public List<object> PathTo(int index)
    {
        var path = new List<object> { KeyAt(index) };
        for (var node = this; node.Parent is not null; node = node.Parent)
        {
            path.Add(node.Parent.KeyAt(node.Index));
        }

        path.Reverse();
        return path;
    }
}

/// <summary>An object of the response, with the CLR object behind it and the scope that holds for its fields.</summary>
internal sealed class ResultObject(SelectionPlan plan, object? source, object? scope, ResultNode? parent, int index) : ResultNode(parent, index)
{
    public SelectionPlan Plan { get; } = plan;

    public object? Source { get; } = source;

    public object? Scope { get; } = scope;

    public override object?[] Values { get; } = new object?[plan.Fields.Length];

    public override Shape ShapeAt(int index) => Plan.Fields[index].Shape;

    public override object KeyAt(int index) => Plan.Fields[index].ResponseName;
}

/// <summary>A list of the response.</summary>
internal sealed class ResultList(Shape item, object?[] values, ResultNode parent, int index) : ResultNode(parent, index)
{
    public Shape Item { get; } = item;

    public override object?[] Values { get; } = values;

    public override Shape ShapeAt(int index) => Item;

    public override object KeyAt(int index) => index;
}

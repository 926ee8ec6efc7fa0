using System.Collections;
using ClientPortal.GraphQL.Types;

namespace ClientPortal.GraphQL.Execution;

/// <summary>Completing values (section 6.4.3) and handling their errors (6.4.4).</summary>
internal sealed partial class OperationExecution
{
    private void Complete(PlannedField field, Shape shape, object? value, ResultNode container, int index, object? scope)
    {
        if (field.IsIndirect && IsLater(field, shape, ref value, container, index, scope))
        {
            return;
        }

        if (value is null)
        {
            if (shape.NonNull)
            {
                Fail(Absent(field), field, container, index);
            }

            return;
        }

        switch (shape.Kind)
        {
            case ShapeKind.Leaf:
                CompleteLeaf(field, shape, value, container, index);
                break;
            case ShapeKind.List:
                CompleteList(field, shape, value, container, index, scope);
                break;
            case ShapeKind.Object:
                CompleteObject(field, (ObjectType)shape.Named, value, container, index, scope);
                break;
            default:
                CompleteAbstract(field, shape, value, container, index, scope);
                break;
        }
    }

    // A node can go, or be closed to who asks, between the look that named it and the one that loads it.
    private static GraphQLException Absent(PlannedField field) => field.Definition.NodeTypeName is null
        ? new($"Cannot return null for non-nullable field {field.Type}.{field.Definition.Name}.", ExecutionCodes.NullValue)
        : new($"What {field.Type}.{field.Definition.Name} refers to is not there any more, or no longer open to you.", ExecutionCodes.NotFound);

    private void CompleteLeaf(PlannedField field, Shape shape, object value, ResultNode container, int index)
    {
        object? result;
        try
        {
            result = shape.Scalar is { } scalar
                ? scalar.TryCoerceResult(value, out var coerced) ? coerced : null
                : ((EnumType)shape.Named).ValueOf(value);
        }
#pragma warning disable CA1031 // A custom scalar is the application's code: what it throws is an error of the field.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Fail(exception, field, container, index);
            return;
        }

        if (result is null)
        {
            Fail(new InvalidOperationException($"{field.Type}.{field.Definition.Name}: {shape.Named} cannot represent a {value.GetType().Name}."), field, container, index);
        }
        else
        {
            container.Values[index] = result;
        }
    }

    private void CompleteList(PlannedField field, Shape shape, object value, ResultNode container, int index, object? scope)
    {
        if (Items(value) is not { } items)
        {
            Fail(new InvalidOperationException($"{field.Type}.{field.Definition.Name}: expected a list, found a {value.GetType().Name}."), field, container, index);
            return;
        }

        var list = new ResultList(shape.Item!, items.Count == 0 ? [] : new object?[items.Count], container, index);
        container.Values[index] = list;
        for (var i = 0; i < items.Count && !list.IsDead; i++)
        {
            Complete(field, shape.Item!, items[i], list, i, scope);
        }
    }

    private void CompleteObject(PlannedField field, ObjectType type, object value, ResultNode container, int index, object? scope)
    {
        var plan = field.Children(type);
        if (plan.Failure is { } invalid)
        {
            Fail(invalid, field, container, index);
            return;
        }

        var node = new ResultObject(plan, value, value is IScopeBoundary boundary ? boundary.Scope : scope, container, index);
        container.Values[index] = node;
        if (plan.Fields.Length > 0)
        {
            AddToNextLevel(node);
        }
    }

    private void CompleteAbstract(PlannedField field, Shape shape, object value, ResultNode container, int index, object? scope)
    {
        var type = schema.ResolveAbstractType?.Invoke(shape.Named, value);
        var possible = shape.Named is InterfaceType i ? i.PossibleTypes : ((UnionType)shape.Named).PossibleTypes;
        if (type is null || !possible.Contains(type))
        {
            Fail(new InvalidOperationException($"{field.Type}.{field.Definition.Name}: {type?.Name ?? value.GetType().Name} is not a possible type of {shape.Named}."), field, container, index);
        }
        else
        {
            CompleteObject(field, type, value, container, index, scope);
        }
    }

    /// <summary>Values that stand for others: tasks and exceptions of dynamic resolvers, references to nodes. True when the value was dealt with or comes later.</summary>
    private bool IsLater(PlannedField field, Shape shape, ref object? value, ResultNode container, int index, object? scope)
    {
        if (value is NodeRef reference && shape.Kind is ShapeKind.Object or ShapeKind.Abstract)
        {
            value = LoadNode(reference, field, scope);
        }

        switch (value)
        {
            case Exception exception:
                Fail(exception, field, container, index);
                return true;
            case Task<object?> { IsCompletedSuccessfully: true } done:
                value = done.Result;
                return false;
            case Task<object?> task:
                _pending.Add(new Pending(task, PendingKind.Value, field, index) { Container = container, Shape = shape, Scope = scope, Result = ResultOfObjectTask });
                return true;
            default:
                return false;
        }
    }

    private static IList? Items(object? value) => value switch
    {
        IList list => list,
        string or IDictionary => null,
        IEnumerable<object?> sequence => sequence.ToList(),
        IEnumerable sequence => sequence.Cast<object?>().ToList(),
        _ => null,
    };

    private void FailAll(Exception exception, PlannedField field, int index, List<ResultObject> objects)
    {
        foreach (var at in objects)
        {
            Fail(exception, field, at, index);
        }
    }

    private void Fail(Exception exception, PlannedField field, ResultNode container, int index)
    {
        if (exception is OperationCanceledException && _cancellation is { IsCancellationRequested: true })
        {
            // The request is given up, and RunAsync says so: that is no failure of the field, and nothing to log for each of them.
            SetNull(container, index);
            return;
        }

        Errors.Add(reporter.Report(exception, field) with
        {
            Locations = (exception as InputException)?.Locations(document) ?? field.Locations(document),
            Path = container.PathTo(index),
        });
        SetNull(container, index);
    }

    /// <summary>Null where a value failed; where null may not stand, what holds it becomes null instead, up to the root.</summary>
    private void SetNull(ResultNode container, int index)
    {
        while (!container.IsDead)
        {
            container.Values[index] = null;
            if (!container.ShapeAt(index).NonNull)
            {
                return;
            }

            container.IsDead = _anyDead = true;
            if (container.Parent is null)
            {
                return;
            }

            (container, index) = (container.Parent, container.Index);
        }
    }
}

using ClientPortal.GraphQL.DataLoaders;
using ClientPortal.GraphQL.Types;

namespace ClientPortal.GraphQL.Execution;

/// <summary>Starting fields: the rule, the arguments, the resolver.</summary>
internal sealed partial class OperationExecution
{
    private static readonly Func<Task, object?> ResultOfObjectTask = static task => ((Task<object?>)task).GetAwaiter().GetResult();

    /// <summary>Starts a field of all <paramref name="objects"/>, which have the same plan.</summary>
    private void Start(PlannedField field, int index, List<ResultObject> objects)
    {
        if (_anyDead && objects.Exists(o => o.IsCutOff))
        {
            objects = objects.FindAll(o => !o.IsCutOff);
        }

        if (objects.Count == 0)
        {
            return;
        }

        if (field.Definition.Rule is { } rule and not AllowAnonymousAttribute)
        {
            foreach (var group in ByScope(objects))
            {
                CheckRule(rule, field, index, group);
            }
        }
        else
        {
            Resolve(field, index, objects);
        }
    }

    private void CheckRule(AuthorizeAttribute rule, PlannedField field, int index, List<ResultObject> objects)
    {
        var context = new ResolverContext(this, field, objects.Count == 1 ? objects[0] : null, index, objects[0].Scope, ArgumentValues.None);
        try
        {
            var check = rule.CheckAsync(context);
            if (check.IsCompletedSuccessfully)
            {
                Continue(check.Result, field, index, objects);
            }
            else
            {
                _pending.Add(new Pending(check.AsTask(), PendingKind.Rule, field, index) { Objects = objects });
            }
        }
#pragma warning disable CA1031 // A rule that throws refuses: the field fails like any other, and nothing of it runs.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            FailAll(exception, field, index, objects);
        }
    }

    private void Continue(UserError? refusal, PlannedField field, int index, List<ResultObject> objects)
    {
        if (refusal is null)
        {
            Resolve(field, index, objects);
            return;
        }

        IsRefused |= objects[0].Plan == plan.Root;
        if (field.Definition.Refuse is { } refuse)
        {
            foreach (var at in objects)
            {
                Complete(field, field.Shape, refuse(refusal), at, index, at.Scope);
            }
        }
        else
        {
            FailAll(new GraphQLException(refusal.Message, refusal.Code), field, index, objects);
        }
    }

    private void Resolve(PlannedField field, int index, List<ResultObject> objects)
    {
        var resolver = field.Definition.Resolver;
        if (resolver is PureResolver pure)
        {
            ResolvePure(pure, field, index, objects);
            return;
        }

        if (resolver is null)
        {
            foreach (var at in objects)
            {
                Complete(field, field.Shape, field.Definition == Introspection.TypeName ? at.Plan.Type.Name : null, at, index, at.Scope);
            }

            return;
        }

        ArgumentValues arguments;
        try
        {
            arguments = field.Arguments(variables, resolver.Arguments);
        }
        catch (Exception invalid) when (invalid is InputException or GraphQLException)
        {
            FailAll(invalid, field, index, objects);
            return;
        }

        if (resolver is BatchResolver batch)
        {
            foreach (var group in ByScope(objects))
            {
                ResolveBatch(batch, field, index, group, arguments);
            }

            return;
        }

        foreach (var at in objects)
        {
            ResolveOne(resolver, new ResolverContext(this, field, at, index, at.Scope, arguments), field, at, index);
        }
    }

    private void ResolvePure(PureResolver resolver, PlannedField field, int index, List<ResultObject> objects)
    {
        var call = resolver.Call;
        var shape = field.Shape;
        foreach (var at in objects)
        {
            object? value;
            try
            {
                value = call(at.Source);
            }
#pragma warning disable CA1031 // A resolver's exception is an error of its field (section 6.4.4); it is logged and masked there.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                Fail(exception, field, at, index);
                continue;
            }

            Complete(field, shape, value, at, index, at.Scope);
        }
    }

    private void ResolveOne(FieldResolver resolver, ResolverContext context, PlannedField field, ResultObject at, int index)
    {
        object? value;
        try
        {
            switch (resolver)
            {
                case AsyncResolver later:
                    var task = later.Call(context);
                    if (!task.IsCompleted)
                    {
                        _pending.Add(new Pending(task, PendingKind.Value, field, index) { Container = at, Shape = field.Shape, Scope = at.Scope, Result = later.Result });
                        return;
                    }

                    value = later.Result(task);
                    break;
                case SyncResolver now:
                    value = now.Call(context);
                    break;
                default:
                    value = ((DynamicResolver)resolver).Call(context);
                    break;
            }
        }
#pragma warning disable CA1031 // As above.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Fail(exception, field, at, index);
            return;
        }

        Complete(field, field.Shape, value, at, index, at.Scope);
    }

    private void ResolveBatch(BatchResolver resolver, PlannedField field, int index, List<ResultObject> objects, ArgumentValues arguments)
    {
        var parents = new object?[objects.Count];
        for (var i = 0; i < parents.Length; i++)
        {
            parents[i] = objects[i].Source;
        }

        var context = new ResolverContext(this, field, null, index, objects[0].Scope, arguments) { Parents = parents };
        try
        {
            var task = resolver.Call(context);
            var pending = new Pending(task, PendingKind.Batch, field, index) { Objects = objects, Result = resolver.Result };
            if (task.IsCompleted)
            {
                Resume(pending);
            }
            else
            {
                _pending.Add(pending);
            }
        }
#pragma warning disable CA1031 // As above.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            FailAll(exception, field, index, objects);
        }
    }

    /// <summary>Takes up what has completed.</summary>
    private void Resume(Pending pending)
    {
        object? value;
        try
        {
            value = pending.Kind == PendingKind.Rule ? ((Task<UserError?>)pending.Task).GetAwaiter().GetResult() : pending.Result!(pending.Task);
        }
#pragma warning disable CA1031 // As above.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            if (pending.Kind == PendingKind.Value)
            {
                Fail(exception, pending.Field, pending.Container!, pending.Index);
            }
            else
            {
                FailAll(exception, pending.Field, pending.Index, pending.Objects!);
            }

            return;
        }

        switch (pending.Kind)
        {
            case PendingKind.Rule:
                Continue((UserError?)value, pending.Field, pending.Index, pending.Objects!);
                break;
            case PendingKind.Batch:
                CompleteBatch(value, pending);
                break;
            default:
                if (!pending.Container!.IsDead)
                {
                    Complete(pending.Field, pending.Shape!, value, pending.Container, pending.Index, pending.Scope);
                }

                break;
        }
    }

    private void CompleteBatch(object? value, Pending pending)
    {
        var objects = pending.Objects!;
        var list = Items(value);
        if (list is null || list.Count != objects.Count)
        {
            FailAll(new InvalidOperationException($"{pending.Field.Type}.{pending.Field.Definition.Name} is resolved in batches: {objects.Count} results were expected, {list?.Count.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "none"} came."), pending.Field, pending.Index, objects);
            return;
        }

        for (var i = 0; i < objects.Count; i++)
        {
            Complete(pending.Field, pending.Field.Shape, list[i], objects[i], pending.Index, objects[i].Scope);
        }
    }

    /// <summary>Loads a node through its owner; null when it names nothing.</summary>
    private Task<object?> LoadNode(NodeRef reference, PlannedField field, object? scope)
    {
        var typeName = string.IsNullOrEmpty(reference.TypeName) ? field.Definition.NodeTypeName : reference.TypeName;
        if (reference.Id == Guid.Empty || typeName is null || !schema.TryGetType(typeName, out var named) || named is not ObjectType { NodeResolver: { } resolve } type)
        {
            return Task.FromResult<object?>(null);
        }

        var context = (resolve, Context: new ResolverContext(this, field, null, 0, scope, ArgumentValues.None));
        var loader = (NodeLoader)Loaders.Get(type, scope, context, static (state, _) => new NodeLoader(state.resolve, state.Context));
        return loader.LoadAsync(reference.Id, Cancellation);
    }

    private static IEnumerable<List<ResultObject>> ByScope(List<ResultObject> objects)
    {
        var scope = objects[0].Scope;
        return objects.TrueForAll(o => ReferenceEquals(o.Scope, scope))
            ? [objects]
            : objects.GroupBy(o => o.Scope, ReferenceEqualityComparer.Instance).Select(g => g.ToList());
    }
}

using System.Linq.Expressions;
using System.Reflection;
using ClientPortal.GraphQL.Execution;

namespace ClientPortal.GraphQL.Types.Building;

/// <summary>Compiles methods and properties to resolvers. All reflection happens here, at start-up.</summary>
internal sealed class ResolverCompiler(ParameterBinder parameters, IReadOnlyList<IParameterBinding> bindings)
{
    private static readonly MethodInfo PureOfGeneric = typeof(ResolverCompiler).GetMethod(nameof(PureOf), BindingFlags.NonPublic | BindingFlags.Static)!;
    private static readonly MethodInfo ResultOfGeneric = typeof(ResolverCompiler).GetMethod(nameof(ResultOf), BindingFlags.NonPublic | BindingFlags.Static)!;

    /// <summary>A method's resolver.</summary>
    /// <param name="method">Static, or an instance method of the parent.</param>
    /// <param name="arguments">Where the method's arguments are added.</param>
    /// <param name="convert">Applied to each result; null to leave it. For a batch, to each item.</param>
    public FieldResolver Compile(MethodInfo method, ArgumentSet arguments, Func<object?, object?>? convert)
    {
        var where = Names.Of(method);
        var returns = ClrRef.Of(method.ReturnParameter);
        var isBatch = IsBatch(method);
        if (!isBatch && convert is null && !returns.IsTask && !returns.IsValueTask && Pure(method) is { } pure)
        {
            return new PureResolver(pure);
        }

        var context = Expression.Parameter(typeof(ResolverContext), "context");
        var call = Call(method, context, arguments, where);
        var disposes = method.GetParameters().Any(p => bindings.Any(b => b.Bind(p) is not null));
        if (!returns.IsTask && !returns.IsValueTask && !isBatch && !disposes)
        {
            var now = Expression.Lambda<Func<ResolverContext, object?>>(Expression.Convert(call, typeof(object)), context).Compile();
            return new SyncResolver(convert is null ? now : c => convert(now(c))) { Arguments = arguments.Converter };
        }

        var (start, result) = Task(call, returns, context);
        if (disposes)
        {
            (start, result) = (Disposing(start, result), ResultOf<object?>);
        }

        if (isBatch)
        {
            return new BatchResolver(start, convert is null ? result : task => ((System.Collections.IEnumerable)result(task)!).Cast<object?>().Select(convert).ToArray()) { Arguments = arguments.Converter };
        }

        return new AsyncResolver(start, convert is null ? result : task => convert(result(task))) { Arguments = arguments.Converter };
    }

    /// <summary>A property's resolver.</summary>
    public static FieldResolver Compile(PropertyInfo property, Func<object?, object?>? convert)
    {
        var parent = Expression.Parameter(typeof(object), "parent");
        var read = Expression.Lambda<Func<object?, object?>>(Expression.Convert(Expression.Property(Expression.Convert(parent, property.DeclaringType!), property), typeof(object)), parent).Compile();
        return new PureResolver(convert is null ? read : p => convert(read(p)));
    }

    /// <summary>A node resolver: <c>(IReadOnlyList&lt;Guid&gt; ids, …)</c>.</summary>
    public NodeResolver CompileNodeResolver(MethodInfo method)
    {
        var where = Names.Of(method);
        var context = Expression.Parameter(typeof(ResolverContext), "context");
        var arguments = new ArgumentSet();
        var returns = ClrRef.Of(method.ReturnParameter);
        var call = Expression.Call(method, method.GetParameters().Select(p => typeof(IReadOnlyList<Guid>) == p.ParameterType
            ? Expression.Property(context, nameof(ResolverContext.Ids))
            : parameters.Bind(p, context, arguments, where)));
        if (returns.Awaited.Item is null || !method.GetParameters().Any(p => p.ParameterType == typeof(IReadOnlyList<Guid>)) || arguments.Definitions.Count > 0)
        {
            throw new SchemaException($"{where}: a node resolver takes IReadOnlyList<Guid> and services, and returns a list (or a Task of one) that matches the ids by index.");
        }

        var (start, result) = Task(call, returns, context);
        var load = Disposing(start, result);
        return async (parent, ids) =>
        {
            var nodes = ((System.Collections.IEnumerable)(await load(parent.ForIds(ids)))!).Cast<object?>().ToArray();
            return nodes.Length == ids.Count ? nodes : throw new InvalidOperationException($"{where}: {ids.Count} results were expected, {nodes.Length} came.");
        };
    }

    /// <summary>The call that opens a subscription's stream.</summary>
    public SubscriptionSource CompileSource<T>(MethodInfo method, ArgumentSet arguments)
    {
        var context = Expression.Parameter(typeof(ResolverContext), "context");
        var call = Call(method, context, arguments, Names.Of(method));
        var returns = ClrRef.Of(method.ReturnParameter);
        var (start, result) = Task(call, returns, context);
        return new SubscriptionSource(async c =>
        {
            var task = start(c);
            await task;
            return Boxed((IAsyncEnumerable<T>)result(task)!, c);
        });
    }

    public static bool IsBatch(MethodInfo method) => method.GetParameters().Any(ParentExpressions.IsBatch);

    private static async IAsyncEnumerable<object?> Boxed<T>(IAsyncEnumerable<T> events, ResolverContext context)
    {
        try
        {
            await foreach (var item in events.WithCancellation(context.RequestAborted))
            {
                yield return item;
            }
        }
        finally
        {
            await context.DisposeBoundAsync();
        }
    }

    private MethodCallExpression Call(MethodInfo method, ParameterExpression context, ArgumentSet arguments, string where)
    {
        var values = method.GetParameters().Select(p => parameters.Bind(p, context, arguments, where)).ToArray();
        return method.IsStatic
            ? Expression.Call(method, values)
            : Expression.Call(Expression.Convert(Expression.Property(context, nameof(ResolverContext.Parent)), method.DeclaringType!), method, values);
    }

    private static (Func<ResolverContext, Task> Start, Func<Task, object?> Result) Task(MethodCallExpression call, ClrRef returns, ParameterExpression context)
    {
        var awaited = call.Type.IsGenericType && (returns.IsTask || returns.IsValueTask) ? call.Type.GetGenericArguments()[0] : call.Type;
        Expression task = returns.IsTask
            ? call
            : returns.IsValueTask
                ? Expression.Call(call, nameof(ValueTask<>.AsTask), null)
                : Expression.Call(typeof(Task), nameof(System.Threading.Tasks.Task.FromResult), [call.Type], call);
        return (
            Expression.Lambda<Func<ResolverContext, Task>>(task, context).Compile(),
            ResultOfGeneric.MakeGenericMethod(awaited).CreateDelegate<Func<Task, object?>>());
    }

    private static Func<ResolverContext, Task<object?>> Disposing(Func<ResolverContext, Task> start, Func<Task, object?> result) => async context =>
    {
        try
        {
            var task = start(context);
            await task;
            return result(task);
        }
        finally
        {
            await context.DisposeBoundAsync();
        }
    };

    private static Func<object?, object?>? Pure(MethodInfo method)
    {
        if (method is { IsStatic: false } || method.GetParameters() is not [var only] || !Annotations.Has<ParentAttribute>(only))
        {
            return null;
        }

        return PureOfGeneric.MakeGenericMethod(only.ParameterType, method.ReturnType).CreateDelegate<Func<MethodInfo, Func<object?, object?>>>()(method);
    }

    private static Func<object?, object?> PureOf<TParent, TResult>(MethodInfo method)
    {
        var call = method.CreateDelegate<Func<TParent, TResult>>();
        return parent => call((TParent)parent!);
    }

    private static object? ResultOf<T>(Task task) => ((Task<T>)task).GetAwaiter().GetResult();
}

using System.Linq.Expressions;
using System.Reflection;
using ClientPortal.GraphQL.Execution;
using Microsoft.Extensions.DependencyInjection;

namespace ClientPortal.GraphQL.Types.Building;

/// <summary>The arguments that a resolver's parameters make, in order, and how their CLR values come about.</summary>
internal sealed class ArgumentSet
{
    private readonly List<Func<ArgumentValues, object?>> _slots = [];
    private readonly Dictionary<string, int> _slotByParameter = [];

    public List<InputValue> Definitions { get; } = [];

    public ArgumentConverter? Converter => _slots.Count == 0 ? null : values =>
    {
        var clr = new object?[_slots.Count];
        for (var i = 0; i < clr.Length; i++)
        {
            clr[i] = _slots[i](values);
        }

        return clr;
    };

    /// <summary>The slot for a parameter; one name has one slot, so a subscription's two methods share their arguments.</summary>
    public int Slot(string parameter, Func<List<InputValue>, Func<ArgumentValues, object?>> create)
    {
        if (!_slotByParameter.TryGetValue(parameter, out var slot))
        {
            slot = _slots.Count;
            _slots.Add(create(Definitions));
            _slotByParameter.Add(parameter, slot);
        }

        return slot;
    }
}

/// <summary>What a parameter is filled with, as an expression of the <see cref="ResolverContext"/>.</summary>
internal sealed class ParameterBinder(InputTypes inputs, IServiceProviderIsService isService, IReadOnlyList<IParameterBinding> bindings)
{
    private static readonly MethodInfo GetService = typeof(ServiceProviderServiceExtensions).GetMethod(nameof(ServiceProviderServiceExtensions.GetRequiredService), 1, [typeof(IServiceProvider)])!;

    /// <summary>Binds a resolver's parameter.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="context">The expression of the context.</param>
    /// <param name="arguments">Where arguments are added.</param>
    /// <param name="where">How messages name the method.</param>
    public Expression Bind(ParameterInfo parameter, ParameterExpression context, ArgumentSet arguments, string where)
    {
        if (Injected(parameter, context) is { } injected)
        {
            return injected;
        }

        foreach (var binding in bindings)
        {
            if (binding.Bind(parameter) is { } create)
            {
                return InputTypes.Unbox(Expression.Call(context, nameof(ResolverContext.Bound), null, Expression.Constant(create)), parameter.ParameterType);
            }
        }

        if (parameter.ParameterType == typeof(PagingArguments))
        {
            var forwardOnly = Annotations.Has<ForwardOnlyAttribute>(parameter.Member);
            return Argument(parameter, context, arguments.Slot(parameter.Name!, definitions => PagingParameters.Add(definitions, forwardOnly)));
        }

        var clr = ClrRef.Of(parameter);
        var annotated = Annotations.Has<IDAttribute>(parameter) || Annotations.Has<GraphQLTypeAttribute>(parameter) || Annotations.Has<DefaultValueAttribute>(parameter);
        if (!annotated && (Annotations.Has<ServiceAttribute>(parameter) || (!inputs.IsPlain(clr) && isService.IsService(parameter.ParameterType))))
        {
            return Service(parameter.ParameterType, context);
        }

        return Argument(parameter, context, arguments.Slot(parameter.Name!, definitions =>
        {
            var (definition, convert) = inputs.Value(parameter, Names.Given(parameter) ?? Names.Camel(parameter.Name!), clr, InputTypes.DefaultOf(parameter), $"{where}, parameter {parameter.Name}");
            var index = definitions.Count;
            definitions.Add(definition);
            return values => convert(values.TryGet(index, out var value), value);
        }));
    }

    /// <summary>Makes the function that creates a loader for a request and scope.</summary>
    public Func<ResolverContext, DataLoader> LoaderFactory(Type loader)
    {
        var context = Expression.Parameter(typeof(ResolverContext));
        var constructor = loader.GetConstructors(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance).OrderByDescending(c => c.GetParameters().Length).First();
        var parameters = constructor.GetParameters().Select(p => Injected(p, context) ?? (isService.IsService(p.ParameterType)
            ? Service(p.ParameterType, context)
            : throw new SchemaException($"{loader.FullName}: {p.ParameterType.FullName} {p.Name} is not a registered service. A loader takes services, [ScopedState] and [GlobalState]; it lives as long as the request, so take a factory of what must not.")));
        return Expression.Lambda<Func<ResolverContext, DataLoader>>(Expression.New(constructor, parameters), context).Compile();
    }

    private Expression? Injected(ParameterInfo parameter, ParameterExpression context)
    {
        var type = parameter.ParameterType;
        if (type == typeof(CancellationToken))
        {
            return Expression.Property(context, nameof(ResolverContext.RequestAborted));
        }

        if (type == typeof(ResolverContext))
        {
            return context;
        }

        if (type == typeof(IServiceProvider))
        {
            return Expression.Property(context, nameof(ResolverContext.Services));
        }

        if (typeof(DataLoader).IsAssignableFrom(type))
        {
            return Expression.Convert(Expression.Call(context, nameof(ResolverContext.Loader), null, Expression.Constant(type), Expression.Constant(LoaderFactory(type))), type);
        }

        var isNullable = ClrRef.Of(parameter).IsNullable;
        if (Annotations.Has<ScopedStateAttribute>(parameter))
        {
            return isNullable
                ? Expression.TypeAs(Expression.Property(context, nameof(ResolverContext.Scope)), type)
                : Expression.Call(context, nameof(ResolverContext.ScopedState), [type]);
        }

        if (Annotations.Has<GlobalStateAttribute>(parameter))
        {
            return isNullable
                ? Expression.Call(Expression.Property(context, nameof(ResolverContext.Request)), nameof(GraphQLRequestContext.Get), [type])
                : Expression.Call(context, nameof(ResolverContext.GlobalState), [type]);
        }

        if (Annotations.Has<EventMessageAttribute>(parameter))
        {
            return Expression.Convert(Expression.Property(context, nameof(ResolverContext.Event)), type);
        }

        if (Annotations.Has<ParentAttribute>(parameter))
        {
            return ParentExpressions.IsBatch(parameter)
                ? Expression.Call(typeof(ParentExpressions), nameof(ParentExpressions.Typed), [type.GetGenericArguments()[0]], Expression.Property(context, nameof(ResolverContext.Parents)))
                : Expression.Convert(Expression.Property(context, nameof(ResolverContext.Parent)), type);
        }

        if (Annotations.Has<ParentIdAttribute>(parameter))
        {
            return Expression.Call(typeof(ParentExpressions), ParentExpressions.IsBatch(parameter) ? nameof(ParentExpressions.Ids) : nameof(ParentExpressions.Id), null, context);
        }

        return null;
    }

    private static MethodCallExpression Service(Type type, ParameterExpression context) =>
        Expression.Call(GetService.MakeGenericMethod(type), Expression.Property(context, nameof(ResolverContext.Services)));

    private static UnaryExpression Argument(ParameterInfo parameter, ParameterExpression context, int slot) =>
        Expression.Convert(Expression.ArrayIndex(Expression.Property(Expression.Property(context, nameof(ResolverContext.Arguments)), nameof(ArgumentValues.Clr)), Expression.Constant(slot)), parameter.ParameterType);
}

/// <summary>What compiled resolvers call to get at parents.</summary>
internal static class ParentExpressions
{
    public static bool IsBatch(ParameterInfo parameter) =>
        (Annotations.Has<ParentAttribute>(parameter) || Annotations.Has<ParentIdAttribute>(parameter))
        && parameter.ParameterType.IsGenericType && parameter.ParameterType.GetGenericTypeDefinition() == typeof(IReadOnlyList<>);

    public static IReadOnlyList<T> Typed<T>(object?[] parents) => Array.ConvertAll(parents, static p => (T)p!);

    public static Guid Id(ResolverContext context) => context.Type.IdOf!(context.Parent!);

    public static IReadOnlyList<Guid> Ids(ResolverContext context)
    {
        var idOf = context.Type.IdOf!;
        return Array.ConvertAll(context.Parents!, p => idOf(p!));
    }
}

/// <summary>The arguments of a connection.</summary>
internal static class PagingParameters
{
    public static Func<ArgumentValues, object?> Add(List<InputValue> definitions, bool forwardOnly)
    {
        var at = definitions.Count;
        definitions.Add(new InputValue("first") { Type = BuiltInScalars.Int, Description = $"How many, from the start; {PagingArguments.DefaultPageSize} by default, at most {PagingArguments.MaxPageSize}." });
        definitions.Add(new InputValue("after") { Type = BuiltInScalars.String, Description = "The cursor that the page begins behind." });
        if (!forwardOnly)
        {
            definitions.Add(new InputValue("last") { Type = BuiltInScalars.Int, Description = "How many, from the end." });
            definitions.Add(new InputValue("before") { Type = BuiltInScalars.String, Description = "The cursor that the page ends before." });
        }

        return values => Read(values, at, forwardOnly);
    }

    private static PagingArguments Read(ArgumentValues values, int at, bool forwardOnly)
    {
        values.TryGet(at, out var first);
        values.TryGet(at + 1, out var after);
        object? last = null, before = null;
        if (!forwardOnly)
        {
            values.TryGet(at + 2, out last);
            values.TryGet(at + 3, out before);
        }

        if (first is not null && last is not null)
        {
            throw new GraphQLException("Give first or last, not both.", ExecutionCodes.BadPage);
        }

        if (first is < 0 or > PagingArguments.MaxPageSize || last is < 0 or > PagingArguments.MaxPageSize)
        {
            throw new GraphQLException($"A page has 0 to {PagingArguments.MaxPageSize} items.", ExecutionCodes.BadPage);
        }

        return new PagingArguments(first is null && last is null ? PagingArguments.DefaultPageSize : (int?)first, (string?)after, (int?)last, (string?)before);
    }
}

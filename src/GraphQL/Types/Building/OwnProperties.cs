using System.Reflection;

namespace ClientPortal.GraphQL.Types.Building;

/// <summary>The properties and methods of a class that are fields of its type.</summary>
internal static class OwnProperties
{
    private const BindingFlags PublicInstance = BindingFlags.Public | BindingFlags.Instance;

    public static IEnumerable<PropertyInfo> Of(Type type) => Hierarchy(type)
        .SelectMany(t => t.GetProperties(PublicInstance | BindingFlags.DeclaredOnly))
        .Where(p => p.GetMethod is { IsPublic: true } && p.GetIndexParameters().Length == 0 && !Annotations.Has<GraphQLIgnoreAttribute>(p) && !IsScope(type, p))
        .DistinctBy(p => p.Name);

    /// <summary>Methods that were written: not those of records, nor overrides of <see cref="object"/>.</summary>
    public static IEnumerable<MethodInfo> MethodsOf(Type type) => type.GetMethods(PublicInstance | BindingFlags.DeclaredOnly)
        .Where(m => !m.IsSpecialName && m.ReturnType != typeof(void) && !m.IsGenericMethod && m.Name[0] != '<'
            && m.GetBaseDefinition().DeclaringType != typeof(object) && m.Name != nameof(Equals)
            && !Annotations.Has<GraphQLIgnoreAttribute>(m) && !Annotations.Has<NodeResolverAttribute>(m));

    // Base first: an error's message and code stand before its own fields.
    private static List<Type> Hierarchy(Type type)
    {
        var types = new List<Type>();
        for (var t = type; t is not null && t != typeof(object) && t != typeof(ValueType); t = t.BaseType)
        {
            types.Insert(0, t);
        }

        return types;
    }

    private static bool IsScope(Type type, PropertyInfo property) =>
        typeof(IScopeBoundary).IsAssignableFrom(type) && type.GetInterfaceMap(typeof(IScopeBoundary)).TargetMethods.Contains(property.GetMethod);
}

using System.Reflection;

namespace ClientPortal.GraphQL.Types.Building;

/// <summary>Reads attributes. On a positional record an attribute may stand on the property or on the constructor's parameter: both count.</summary>
internal static class Annotations
{
    public static T? Of<T>(ICustomAttributeProvider member)
        where T : Attribute => All<T>(member).FirstOrDefault();

    public static bool Has<T>(ICustomAttributeProvider member)
        where T : Attribute => All<T>(member).Any();

    public static IEnumerable<T> All<T>(ICustomAttributeProvider member)
        where T : Attribute
    {
        var own = member.GetCustomAttributes(typeof(T), inherit: true).Cast<T>();
        return Twin(member) is { } twin ? own.Concat(twin.GetCustomAttributes(typeof(T), inherit: true).Cast<T>()) : own;
    }

    private static ICustomAttributeProvider? Twin(ICustomAttributeProvider member) => member switch
    {
        PropertyInfo property => PrimaryConstructor(property.DeclaringType!)?.GetParameters().FirstOrDefault(p => p.Name == property.Name),
        ParameterInfo { Member: ConstructorInfo constructor } parameter => constructor.DeclaringType!.GetProperty(parameter.Name!),
        _ => null,
    };

    /// <summary>The constructor with the most parameters; null when there is only the one without.</summary>
    public static ConstructorInfo? PrimaryConstructor(Type type) =>
        type.GetConstructors(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)
            .Where(c => !(c.GetParameters() is [var only] && only.ParameterType == type))
            .OrderByDescending(c => c.GetParameters().Length)
            .FirstOrDefault(c => c.GetParameters().Length > 0);
}

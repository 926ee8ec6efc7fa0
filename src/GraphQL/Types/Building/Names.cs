using System.Reflection;
using System.Text;
using System.Text.Json;

namespace ClientPortal.GraphQL.Types.Building;

/// <summary>GraphQL names from C# names.</summary>
internal static class Names
{
    /// <summary><c>GetInternalNoteAsync</c> → <c>internalNote</c>.</summary>
    public static string OfField(MemberInfo member) => Given(member) ?? Camel(Stem(member.Name, dropGet: member is MethodInfo));

    /// <summary><c>RevokePortalAccessAsync</c> → <c>RevokePortalAccess</c>.</summary>
    public static string OfUseCase(MethodInfo method) => Stem(method.Name, dropGet: false);

    /// <summary><c>PortalPreview</c> → <c>PORTAL_PREVIEW</c>.</summary>
    public static string OfEnumValue(FieldInfo value)
    {
        if (Given(value) is { } given)
        {
            return given;
        }

        var name = new StringBuilder();
        for (var i = 0; i < value.Name.Length; i++)
        {
            var c = value.Name[i];
            var startsWord = i > 0 && char.IsUpper(c) && (!char.IsUpper(value.Name[i - 1]) || (i + 1 < value.Name.Length && char.IsLower(value.Name[i + 1])));
            if (startsWord && name[^1] != '_')
            {
                name.Append('_');
            }

            name.Append(char.ToUpperInvariant(c));
        }

        return name.ToString();
    }

    public static string OfType(Type type)
    {
        var given = Given(type) ?? type.GetCustomAttribute<ObjectTypeAttribute>()?.Name ?? type.GetCustomAttribute<InterfaceTypeAttribute>()?.Name ?? type.GetCustomAttribute<UnionTypeAttribute>()?.Name;
        return given ?? (type.IsInterface && type.Name is ['I', >= 'A' and <= 'Z', ..] ? type.Name[1..] : type.Name);
    }

    public static string Camel(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);

    public static string? Given(ICustomAttributeProvider member) => Annotations.Of<GraphQLNameAttribute>(member)?.Name;

    /// <summary>A member as an error message names it.</summary>
    public static string Of(MemberInfo member) => member.DeclaringType is { } type ? $"{type.FullName}.{member.Name}" : member.Name;

    private static string Stem(string name, bool dropGet)
    {
        if (name.EndsWith("Async", StringComparison.Ordinal) && name.Length > 5)
        {
            name = name[..^5];
        }

        return dropGet && name.StartsWith("Get", StringComparison.Ordinal) && name.Length > 3 && char.IsUpper(name[3]) ? name[3..] : name;
    }
}

using System.Collections.Concurrent;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace ClientPortal.GraphQL.Types.Building;

/// <summary>Descriptions: <see cref="GraphQLDescriptionAttribute"/>, else the summary in the XML documentation beside the assembly, when there is one.</summary>
internal static partial class XmlDescriptions
{
    private static readonly ConcurrentDictionary<Assembly, Dictionary<string, XElement>> Files = new();

    public static string? Of(ICustomAttributeProvider member) => Annotations.Of<GraphQLDescriptionAttribute>(member)?.Description ?? member switch
    {
        Type type => Summary(type, "T:" + Id(type)),
        FieldInfo field => Summary(field.DeclaringType!, "F:" + Id(field.DeclaringType!) + "." + field.Name),
        PropertyInfo property => Summary(property.DeclaringType!, "P:" + Id(property.DeclaringType!) + "." + property.Name) ?? Parameter(property.DeclaringType!, "T:" + Id(property.DeclaringType!), property.Name),
        MethodInfo method => Text(Method(method)?.Element("summary")),
        ParameterInfo { Member: ConstructorInfo constructor } p => Parameter(constructor.DeclaringType!, "T:" + Id(constructor.DeclaringType!), p.Name!),
        ParameterInfo { Member: MethodInfo method } p => Text(Method(method)?.Elements("param").FirstOrDefault(e => e.Attribute("name")?.Value == p.Name)),
        _ => null,
    };

    private static string? Summary(Type type, string id) => Text(Find(type.Assembly, id)?.Element("summary"));

    private static string? Parameter(Type type, string id, string name) => Text(Find(type.Assembly, id)?.Elements("param").FirstOrDefault(e => e.Attribute("name")?.Value == name));

    // Overloads make no fields, so the name without its parameters is enough.
    private static XElement? Method(MethodInfo method) => Find(method.DeclaringType!.Assembly, "M:" + Id(method.DeclaringType!) + "." + method.Name);

    private static string Id(Type type) => (type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName!.Replace('+', '.');

    private static XElement? Find(Assembly assembly, string id) => Files.GetOrAdd(assembly, Load).GetValueOrDefault(id);

    private static Dictionary<string, XElement> Load(Assembly assembly)
    {
        var members = new Dictionary<string, XElement>();
        var path = assembly.Location.Length == 0 ? null : Path.ChangeExtension(assembly.Location, ".xml");
        if (path is not null && File.Exists(path))
        {
            foreach (var member in XDocument.Load(path).Descendants("member"))
            {
                members.TryAdd(member.Attribute("name")!.Value.Split('(')[0].Split("``")[0], member);
            }
        }

        return members;
    }

    private static string? Text(XElement? element)
    {
        if (element is null)
        {
            return null;
        }

        var text = string.Concat(element.Nodes().Select(n => n switch
        {
            XElement { Name.LocalName: "see" or "seealso" or "paramref" or "typeparamref" } e => e.Value.Length > 0 ? e.Value : (e.Attribute("cref") ?? e.Attribute("langword") ?? e.Attribute("href") ?? e.Attribute("name"))?.Value.Split('.', ':')[^1],
            XElement e => e.Name.LocalName == "c" ? $"`{e.Value}`" : e.Value,
            XText t => t.Value,
            _ => "",
        }));
        text = WhiteSpace().Replace(text, " ").Trim();
        return text.Length == 0 ? null : text;
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();
}

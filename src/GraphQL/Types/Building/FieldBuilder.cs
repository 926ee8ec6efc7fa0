using System.Reflection;

namespace ClientPortal.GraphQL.Types.Building;

/// <summary>Makes fields of methods and properties.</summary>
internal sealed class FieldBuilder(OutputTypes outputs, ResolverCompiler compiler)
{
    /// <summary>A field of a method.</summary>
    public FieldDefinition Method(MethodInfo method, string typeName, AuthorizeAttribute? rule)
    {
        var where = Names.Of(method);
        if (method.IsGenericMethodDefinition)
        {
            throw new SchemaException($"{where}: a field's method has no type parameters.");
        }

        var returns = ClrRef.Of(method.ReturnParameter).Awaited;
        if (ResolverCompiler.IsBatch(method))
        {
            returns = returns.Item ?? throw new SchemaException($"{where}: a batch resolver returns a list that matches its parents by index.");
        }

        if (returns.Type == typeof(void) || returns.Type == typeof(Task) || returns.Type == typeof(ValueTask))
        {
            throw new SchemaException($"{where}: a field returns something.");
        }

        var arguments = new ArgumentSet();
        var resolver = compiler.Compile(method, arguments, IdConverter(method, returns, typeName));
        return new FieldDefinition(Names.OfField(method))
        {
            Type = outputs.Type(returns, method, where),
            Arguments = arguments.Definitions,
            Resolver = resolver,
            Rule = rule,
            NodeTypeName = NodeTypeName(method, returns),
            Description = XmlDescriptions.Of(method),
            DeprecationReason = Annotations.Of<GraphQLDeprecatedAttribute>(method)?.Reason,
        };
    }

    /// <summary>A field of a property.</summary>
    public FieldDefinition Property(PropertyInfo property, string typeName)
    {
        var clr = ClrRef.Of(property);
        return new FieldDefinition(Names.OfField(property))
        {
            Type = outputs.Type(clr, property, Names.Of(property)),
            Resolver = ResolverCompiler.Compile(property, IdConverter(property, clr, typeName)),
            Rule = SingleRule(property, required: false),
            NodeTypeName = NodeTypeName(property, clr),
            Description = XmlDescriptions.Of(property),
            DeprecationReason = Annotations.Of<GraphQLDeprecatedAttribute>(property)?.Reason,
        };
    }

    /// <summary>The authorization rule of a member.</summary>
    public static AuthorizeAttribute? SingleRule(MemberInfo member, bool required)
    {
        var rules = Annotations.All<AuthorizeAttribute>(member).ToList();
        return rules.Count switch
        {
            0 when required => throw new SchemaException($"{Names.Of(member)}: a root field carries an authorization rule; [AllowAnonymous] is one."),
            > 1 => throw new SchemaException($"{Names.Of(member)}: a field carries one authorization rule, not {rules.Count}."),
            _ => rules.FirstOrDefault(),
        };
    }

    private static string? NodeTypeName(ICustomAttributeProvider member, ClrRef clr)
    {
        var item = clr;
        while (item.Item is { } inner)
        {
            item = inner;
        }

        return item.Type == typeof(NodeRef) ? Annotations.Of<NodeTypeAttribute>(member)?.TypeName ?? "" : null;
    }

    /// <summary>Guids of [ID] members become the text of node ids.</summary>
    private static Func<object?, object?>? IdConverter(ICustomAttributeProvider member, ClrRef clr, string typeName)
    {
        if (Annotations.Of<IDAttribute>(member) is not { } id)
        {
            return null;
        }

        var encodedType = id.TypeName ?? typeName;
        var item = clr.Item ?? clr;
        return item.Type != typeof(Guid)
            ? null
            : clr.Item is null
                ? value => value is Guid guid ? NodeId.Encode(encodedType, guid) : null
                : value => (value as System.Collections.IEnumerable)?.Cast<object?>().Select(v => v is Guid guid ? NodeId.Encode(encodedType, guid) : null).ToArray();
    }
}

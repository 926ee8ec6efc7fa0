using System.Reflection;
using ClientPortal.GraphQL.Execution;

namespace ClientPortal.GraphQL.Types.Building;

/// <summary>A mutation's result: the changed object, or the errors.</summary>
internal sealed record MutationOutcome(object? Value, IReadOnlyList<UserError>? Errors)
{
    public static MutationOutcome Of(object? result) => result is IFieldResult outcome
        ? new MutationOutcome(outcome.Value, outcome.Errors)
        : new MutationOutcome(result, null);
}

/// <summary>Makes mutations: payload types and error unions by convention.</summary>
internal sealed class MutationFields(TypeRegistry registry, OutputTypes outputs, FieldBuilder fields, ResolverCompiler compiler)
{
    public FieldDefinition Build(MethodInfo method)
    {
        var rule = FieldBuilder.SingleRule(method, required: true)!;
        var useCase = Names.OfUseCase(method);
        var returns = ClrRef.Of(method.ReturnParameter).Awaited;
        var mayFail = returns.Is(typeof(FieldResult<>));
        var value = mayFail ? returns.Arguments[0] : returns;
        var errors = Errors(method, rule, mayFail, useCase);
        var arguments = new ArgumentSet();
        return new FieldDefinition(Names.Given(method) ?? Names.Camel(useCase))
        {
            Resolver = compiler.Compile(method, arguments, MutationOutcome.Of),
            Type = new NonNullType(Payload(method, useCase, value, errors)),
            Arguments = arguments.Definitions,
            Rule = rule,
            Refuse = errors is null ? null : refusal => new MutationOutcome(null, [refusal]),
            Description = XmlDescriptions.Of(method) ?? XmlDescriptions.Of(method.DeclaringType!),
            DeprecationReason = Annotations.Of<GraphQLDeprecatedAttribute>(method)?.Reason,
        };
    }

    private UnionType? Errors(MethodInfo method, AuthorizeAttribute rule, bool mayFail, string useCase)
    {
        var declared = method.GetCustomAttributes<ErrorAttribute>().Select(e => e.ErrorType).ToList();
        if (!mayFail)
        {
            return declared.Count == 0 ? null : throw new SchemaException($"{Names.Of(method)}: it declares errors, so it must return FieldResult<…>.");
        }

        if (rule.ErrorType is { } refusal && !declared.Contains(refusal))
        {
            declared.Add(refusal);
        }

        if (declared.Count == 0)
        {
            return null;
        }

        var union = new UnionType(useCase + "Error")
        {
            Description = $"Why {Names.Camel(useCase)} was refused.",
            PossibleTypes = [.. declared.Distinct().Select(outputs.Error)],
        };
        registry.Add(union, method.DeclaringType!);
        return union;
    }

    private ObjectType Payload(MethodInfo method, string useCase, ClrRef value, UnionType? errors)
    {
        var own = value.Type.Name.EndsWith("Payload", StringComparison.Ordinal);
        var payload = registry.AddObject(
            new ObjectType(own ? Names.OfType(value.Type) : useCase + "Payload") { Description = own ? XmlDescriptions.Of(value.Type) : null },
            method.DeclaringType!);
        var made = new List<FieldDefinition>();
        if (own)
        {
            made.AddRange(OwnProperties.Of(value.Type).Select(p => OfPayload(fields.Property(p, payload.Name), errors is not null)));
        }
        else
        {
            var type = outputs.Type(value.AsNullable(), method, Names.Of(method));
            made.Add(new FieldDefinition(method.GetCustomAttribute<PayloadFieldAttribute>()?.Name ?? Names.Camel(type.Named.Name))
            {
                Type = type,
                Resolver = new PureResolver(static outcome => ((MutationOutcome)outcome!).Value),
                NodeTypeName = value.Type == typeof(NodeRef) ? Annotations.Of<NodeTypeAttribute>(method)?.TypeName ?? "" : null,
                Description = "Null when refused.",
            });
        }

        if (errors is not null)
        {
            made.Add(new FieldDefinition("errors")
            {
                Type = new ListType(new NonNullType(errors)),
                Resolver = new PureResolver(static outcome => ((MutationOutcome)outcome!).Errors),
                Description = "Null on success.",
            });
        }

        payload.Fields = made;
        return payload;
    }

    // The payload's object is the outcome; its properties belong to the value inside, which is missing when refused.
    private static FieldDefinition OfPayload(FieldDefinition property, bool nullable)
    {
        var read = ((PureResolver)property.Resolver!).Call;
        return new FieldDefinition(property.Name)
        {
            Type = nullable ? property.Type.Nullable : property.Type,
            Resolver = new PureResolver(outcome => ((MutationOutcome)outcome!).Value is { } value ? read(value) : null),
            Rule = property.Rule,
            NodeTypeName = property.NodeTypeName,
            Description = property.Description,
            DeprecationReason = property.DeprecationReason,
        };
    }
}

namespace ClientPortal.GraphQL.Types;

/// <summary>Sections 3.6 and 3.7, IsValidImplementation(): a type provides what its interfaces promise.</summary>
internal static class InterfaceImplementation
{
    public static void Check(FieldsType type, Action<string> report)
    {
        var seen = new HashSet<InterfaceType>();
        foreach (var implemented in type.Interfaces)
        {
            if (implemented == type)
            {
                report($"{type} cannot implement itself.");
            }
            else if (!seen.Add(implemented))
            {
                report($"{type} can implement {implemented} only once.");
            }
            else
            {
                CheckAncestors(type, implemented, report);
                CheckFields(type, implemented, report);
            }
        }
    }

    private static void CheckAncestors(FieldsType type, InterfaceType implemented, Action<string> report)
    {
        foreach (var ancestor in implemented.Interfaces)
        {
            if (ancestor == type)
            {
                report($"{type} cannot implement {implemented}, which implements {type}.");
            }
            else if (!type.Interfaces.Contains(ancestor))
            {
                report($"{type} must implement {ancestor} because {implemented} does.");
            }
        }
    }

    private static void CheckFields(FieldsType type, InterfaceType implemented, Action<string> report)
    {
        foreach (var promised in implemented.Fields)
        {
            if (type.Field(promised.Name) is not { } field)
            {
                report($"{implemented}.{promised.Name} is missing from {type}.");
                continue;
            }

            if (!TypeComparison.IsSubtype(field.Type, promised.Type))
            {
                report($"{type}.{field.Name} is {field.Type}, but {implemented}.{promised.Name} is {promised.Type}.");
            }

            if (field.DeprecationReason is not null && promised.DeprecationReason is null)
            {
                report($"{type}.{field.Name} cannot be deprecated, because {implemented}.{promised.Name} is not.");
            }

            CheckArguments($"{type}.{field.Name}", field, $"{implemented}.{promised.Name}", promised, report);
        }
    }

    private static void CheckArguments(string name, FieldDefinition field, string promisedName, FieldDefinition promised, Action<string> report)
    {
        foreach (var argument in promised.Arguments)
        {
            if (field.Argument(argument.Name) is not { } given)
            {
                report($"{name} must take the argument {argument.Name}, because {promisedName} does.");
            }
            else if (!TypeComparison.AreEqual(given.Type, argument.Type))
            {
                report($"{name}({argument.Name}:) is {given.Type}, but {promisedName}({argument.Name}:) is {argument.Type}.");
            }
        }

        foreach (var extra in field.Arguments.Where(a => a.IsRequired && promised.Argument(a.Name) is null))
        {
            report($"{name}({extra.Name}:) cannot be required, because {promisedName} does not take it.");
        }
    }
}

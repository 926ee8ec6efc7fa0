namespace ClientPortal.GraphQL.Types;

/// <summary>
/// Section 3.10, Circular References: some finite value must exist for every input object. One does when all its required
/// input object fields have one, for a @oneOf object when any of its fields has; the rest refer to themselves without end.
/// </summary>
internal static class InputObjectCycles
{
    public static void Check(IReadOnlyList<InputObjectType> types, Action<string> report)
    {
        var finite = new HashSet<InputObjectType>();
        bool found;
        do
        {
            found = false;
            foreach (var type in types)
            {
                if (!finite.Contains(type) && HasFiniteValue(type, finite))
                {
                    found = finite.Add(type);
                }
            }
        }
        while (found);

        foreach (var type in types.Where(t => !finite.Contains(t)))
        {
            report($"{type} can have no finite value: it refers to itself through {string.Join(", ", Blocking(type, finite))}.");
        }
    }

    private static bool HasFiniteValue(InputObjectType type, HashSet<InputObjectType> finite) => type.IsOneOf
        ? type.Fields.Count == 0 || type.Fields.Any(f => f.Type.Nullable is not InputObjectType t || finite.Contains(t))
        : type.Fields.All(f => f.Type is not NonNullType { Of: InputObjectType t } || finite.Contains(t));

    private static IEnumerable<string> Blocking(InputObjectType type, HashSet<InputObjectType> finite) => type.Fields
        .Where(f => (type.IsOneOf ? f.Type.Nullable : (f.Type as NonNullType)?.Of) is InputObjectType t && !finite.Contains(t))
        .Select(f => $"{type}.{f.Name}");
}

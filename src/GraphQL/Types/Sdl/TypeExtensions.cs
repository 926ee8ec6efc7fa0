namespace ClientPortal.GraphQL.Types;

/// <summary>Sections 3.4.3 to 3.10: an extension needs a definition of the same kind.</summary>
internal static class TypeExtensions
{
    public static void Check(SdlDocument document)
    {
        foreach (var extension in document.TypeParts.Where(t => t.IsExtension))
        {
            var name = extension.Name.Value;
            if (document.Definitions.TryGetValue(name, out var definition))
            {
                if (definition.GetType() != extension.GetType())
                {
                    document.Report(extension, $"Cannot extend \"{name}\": it is defined as another kind of type.");
                }
            }
            else
            {
                document.Report(extension.Name, $"Cannot extend \"{name}\": it is not defined.");
            }
        }
    }
}

namespace ClientPortal.GraphQL.Types;

/// <summary>Section 3.3: one schema definition, each kind of operation named once in it and its extensions.</summary>
internal static class SchemaDefinitions
{
    public static void Check(SdlDocument document)
    {
        foreach (var second in document.SchemaParts.Where(s => !s.IsExtension).Skip(1))
        {
            document.Report(second, "There can be only one schema definition.");
        }

        foreach (var same in document.SchemaParts.SelectMany(s => s.OperationTypes).GroupBy(o => o.Kind))
        {
            foreach (var second in same.Skip(1))
            {
                document.Report(second, $"There can be only one {same.Key} type in a schema.");
            }
        }
    }
}

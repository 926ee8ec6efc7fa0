namespace ClientPortal.GraphQL.Types;

/// <summary>What a type system document must keep to before types can be made of it. What can be said of finished types is in <see cref="TypeSystemValidation"/>.</summary>
internal static class SdlRules
{
    public static void Check(SdlDocument document)
    {
        UniqueDefinitions.Check(document);
        SchemaDefinitions.Check(document);
        TypeExtensions.Check(document);
        TypeReferences.Check(document);
        DirectiveUses.Check(document);
        DirectiveCycles.Check(document);
    }
}

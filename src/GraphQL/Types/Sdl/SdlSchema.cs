using ClientPortal.GraphQL.Language;

namespace ClientPortal.GraphQL.Types;

/// <summary>Builds a schema from the schema definition language (section 3).</summary>
public static class SdlSchema
{
    /// <summary>The schema that <paramref name="sdl"/> describes. Custom scalars take any value as it comes.</summary>
    /// <exception cref="SyntaxException">The text is not well formed.</exception>
    /// <exception cref="SchemaException">The type system is not valid; all errors that were found.</exception>
    public static Schema Build(string sdl) => Build(sdl, resolveAbstractType: null);

    /// <summary>The same with a way to tell the types of values, for a schema that is executed.</summary>
    internal static Schema Build(string sdl, Func<NamedType, object, ObjectType?>? resolveAbstractType)
    {
        var document = new SdlDocument(Parser.Parse(Source.From(sdl), ParserOptions.Trusted));
        SdlRules.Check(document);
        document.ThrowIfInvalid();
        var schema = new SdlTypeBuilder(document).Build(resolveAbstractType);
        var errors = TypeSystemValidation.Validate(schema);
        return errors.Count == 0 ? schema : throw new SchemaException(errors);
    }
}

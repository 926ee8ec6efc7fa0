using ClientPortal.GraphQL;
using ClientPortal.GraphQL.Validation;
using ClientPortal.Host.Web;
using ClientPortal.Platform;
using ClientPortal.Platform.Asking;

namespace ClientPortal.Host.Configuration;

/// <summary>
/// The <c>GraphQL__*</c> settings: <c>Introspection</c> (on in development only), <c>TrustedDocuments</c> (a JSON file of documents
/// by their SHA-256; those of the front end unless set) and <c>OnlyTrustedDocuments</c>.
/// </summary>
internal static class GraphQLSettings
{
    public static void Apply(GraphQLOptions options, IConfiguration configuration, bool isDevelopment)
    {
        options.Introspection = configuration.GetValue("GraphQL:Introspection", isDevelopment);
        options.MaxRequestBytes = 2 * 1024 * 1024; // inviteContacts takes 50,000 ids of 35 bytes
        options.Unavailable = DatabaseAway.Message;
        options.Validation = new ValidationOptions { SuggestNames = isDevelopment };
        options.OnlyTrustedDocuments = configuration.GetValue("GraphQL:OnlyTrustedDocuments", false);
        if (configuration["GraphQL:TrustedDocuments"] is { Length: > 0 } file)
        {
            options.TrustedDocuments = Load(file, () => File.OpenRead(file));
        }
        else if (WebFile.OpenTrustedDocuments() is { } built)
        {
            options.TrustedDocuments = Load("what the front end was built with", () => built);
        }
        else if (options.OnlyTrustedDocuments)
        {
            throw new FatalException("GraphQL__OnlyTrustedDocuments is set, but GraphQL__TrustedDocuments names no file of documents.");
        }
    }

    private static TrustedDocuments Load(string name, Func<Stream> open)
    {
        try
        {
            using var stream = open();
            return TrustedDocuments.Load(stream);
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException or System.Text.Json.JsonException)
        {
            throw new FatalException($"GraphQL__TrustedDocuments: {name} cannot be read: {exception.Message.ReplaceLineEndings(" ")}");
        }
    }
}

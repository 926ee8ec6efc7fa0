using ClientPortal.GraphQL.Language;
using ClientPortal.GraphQL.Types;
namespace ClientPortal.GraphQL.Validation;
internal static class Validator { public static IReadOnlyList<GraphQLError> Validate(Schema schema, DocumentNode document) => []; }

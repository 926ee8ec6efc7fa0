using System.Buffers.Text;
using System.Text.Json;

namespace ClientPortal.GraphQL;

/// <summary>The text of a cursor: the keyset values of a row as a JSON array in base64url. Clients must not look inside.</summary>
public static class Cursor
{
    private const int MaxTextLength = 2_000;

    /// <summary>The cursor of a row.</summary>
    /// <param name="values">The values that the list is ordered by, the unique one last. Strings, integers, decimals, booleans, Guids, dates, times and null.</param>
    public static string Encode(params ReadOnlySpan<object?> values)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(64);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            foreach (var value in values)
            {
                JsonSerializer.Serialize(json, value, value?.GetType() ?? typeof(object));
            }

            json.WriteEndArray();
        }

        return Base64Url.EncodeToString(buffer.WrittenSpan);
    }

    /// <summary>Reads a cursor back.</summary>
    /// <param name="cursor">The client's text.</param>
    /// <param name="types">The type of each value, as given to <see cref="Encode"/>.</param>
    /// <returns>The values.</returns>
    /// <exception cref="GraphQLException">BAD_CURSOR: not a cursor of this list.</exception>
    public static object?[] Decode(string cursor, params ReadOnlySpan<Type> types)
    {
        if (cursor.Length <= MaxTextLength && Base64Url.IsValid(cursor))
        {
            try
            {
                using var json = JsonDocument.Parse(Base64Url.DecodeFromChars(cursor));
                if (json.RootElement.ValueKind == JsonValueKind.Array && json.RootElement.GetArrayLength() == types.Length)
                {
                    var values = new object?[types.Length];
                    for (var i = 0; i < values.Length; i++)
                    {
                        values[i] = json.RootElement[i].Deserialize(types[i]);
                    }

                    return values;
                }
            }
            catch (JsonException)
            {
                // Not ours: answered below.
            }
        }

        throw new GraphQLException("The cursor is not one of this list. Pass a cursor from pageInfo or edges of the same list unchanged.", "BAD_CURSOR");
    }
}

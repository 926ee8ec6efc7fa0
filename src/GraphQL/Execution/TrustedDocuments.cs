using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ClientPortal.GraphQL;

/// <summary>Documents that were known when the clients were built, by the SHA-256 of their text.</summary>
public sealed class TrustedDocuments
{
    private readonly Dictionary<string, string> _byHash = new(StringComparer.Ordinal);

    /// <summary>Trusts some documents.</summary>
    /// <param name="documents">Their texts.</param>
    public TrustedDocuments(IEnumerable<string> documents)
    {
        foreach (var document in documents)
        {
            _byHash[HashOf(document)] = document;
        }
    }

    /// <summary>Reads a JSON object whose values are the documents, as code generators write it; its keys must be the SHA-256 of the values.</summary>
    /// <exception cref="InvalidDataException">A key is not the hash of its document: the file was changed by hand or made with another hash.</exception>
    public static TrustedDocuments Load(Stream json)
    {
        var documents = JsonSerializer.Deserialize<Dictionary<string, string>>(json) ?? [];
        return documents.FirstOrDefault(d => d.Key != HashOf(d.Value)).Key is { } wrong
            ? throw new InvalidDataException($"{wrong} is not the SHA-256 of its document.")
            : new TrustedDocuments(documents.Values);
    }

    internal string? Find(string hash) => _byHash.GetValueOrDefault(hash);

    internal bool Contains(string document) => _byHash.ContainsKey(HashOf(document));

    internal static string HashOf(string document) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(document)));
}

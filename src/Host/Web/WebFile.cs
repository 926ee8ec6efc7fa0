using System.Reflection;
using System.Security.Cryptography;

namespace ClientPortal.Host.Web;

/// <summary>A file of the built front end, with its compressed forms where they were made.</summary>
internal sealed record WebFile(string Path, string ContentType, byte[] Content, byte[]? Brotli, byte[]? Gzip)
{
    private const string Prefix = "web/";

    private static readonly Assembly Here = typeof(WebFile).Assembly;

    /// <summary>Named by what is in it: it never changes.</summary>
    public bool IsHashed => Path.StartsWith("assets/", StringComparison.Ordinal);

    /// <summary>Names the content: another build's file of this path has another.</summary>
    public string ETag { get; } = $"\"{Convert.ToHexStringLower(SHA256.HashData(Content).AsSpan(0, 12))}\"";

    /// <summary>All files by their path below the portal's base. The build put them into this assembly, so no two hosts of a version differ.</summary>
    public static IReadOnlyDictionary<string, WebFile> ReadAll()
    {
        var contents = Here.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .ToDictionary(name => name[Prefix.Length..].Replace('\\', '/'), Read, StringComparer.Ordinal);
        return contents.Where(c => TypeOf(c.Key) is not null)
            .ToDictionary(c => c.Key, c => new WebFile(c.Key, TypeOf(c.Key)!, c.Value, contents.GetValueOrDefault(c.Key + ".br"), contents.GetValueOrDefault(c.Key + ".gz")), StringComparer.Ordinal);
    }

    /// <summary>The documents that the front end asks with, by their SHA-256; null when it was left out of the build.</summary>
    public static Stream? OpenTrustedDocuments() => Here.GetManifestResourceStream(Prefix + "trusted-documents.json");

    private static byte[] Read(string name)
    {
        using var stream = Here.GetManifestResourceStream(name)!; // just listed
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }

    // Whatever is not listed is not served: compressed forms, the trusted documents.
    private static string? TypeOf(string path) => System.IO.Path.GetExtension(path) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".svg" => "image/svg+xml",
        ".png" => "image/png",
        ".woff2" => "font/woff2",
        _ => null,
    };
}

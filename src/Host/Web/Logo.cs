using ClientPortal.Platform;

namespace ClientPortal.Host.Web;

/// <summary>The organisation's logo. A file rather than an address elsewhere: the portal's pages ask nobody else for anything.</summary>
internal static class Logo
{
    private const int MaxBytes = 512 * 1024;

    /// <exception cref="FatalException">It cannot be read or is no picture of a known kind.</exception>
    public static WebFile Read(string path)
    {
        var type = Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".SVG" => "image/svg+xml",
            ".PNG" => "image/png",
            ".JPG" or ".JPEG" => "image/jpeg",
            ".WEBP" => "image/webp",
            _ => throw new FatalException($"Portal__Logo is not an .svg, .png, .jpg or .webp file: {path}"),
        };
        try
        {
            var content = File.ReadAllBytes(path);
            return content.Length is > 0 and <= MaxBytes
                ? new WebFile("logo", type, content, Brotli: null, Gzip: null)
                : throw new FatalException($"Portal__Logo: {path} is empty or larger than {MaxBytes / 1024} kB.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new FatalException($"Portal__Logo: {path} cannot be read: {exception.Message.ReplaceLineEndings(" ")}");
        }
    }
}

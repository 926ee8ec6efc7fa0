using System.Globalization;
using System.Net.Mail;
using System.Security.Cryptography;
using System.Text;
using ClientPortal.Platform.Database;
using Microsoft.Extensions.Configuration;

namespace ClientPortal.Platform;

/// <summary>The member of staff that is made, with every permission, when there is no staff yet.</summary>
/// <param name="Email">Their address, and the name they sign in with.</param>
/// <param name="Password">Their first password.</param>
/// <param name="Name">How they are shown.</param>
public sealed record FirstStaff(string Email, string Password, string Name);

/// <summary>The <c>Portal__*</c> settings, read and checked once at start.</summary>
public sealed record PortalOptions
{
    /// <summary>Where people reach the portal; links in mails start with it. Its path is empty or ends with a slash.</summary>
    public required Uri PublicUrl { get; init; }

    /// <summary>The folder of the embedded database; null when the host runs on connection strings.</summary>
    public required string? DataFolder { get; init; }

    /// <summary>Whether demo data is loaded and sign-ins are shown.</summary>
    public required bool Demo { get; init; }

    /// <summary>The key from which invitation tokens are derived; at least 32 bytes. All hosts of one database share it.</summary>
    public required ReadOnlyMemory<byte> LinkKey { get; init; }

    /// <summary>Who is made when there is no staff yet; null to make nobody.</summary>
    public required FirstStaff? FirstStaff { get; init; }

    /// <summary>The name of the organisation, in mails and pages.</summary>
    public required string Organisation { get; init; }

    /// <summary>A picture file (.svg, .png, .jpg, .webp) that stands for the organisation in pages; null to write its name.</summary>
    public required string? Logo { get; init; }

    /// <summary>The colour of the organisation, as #rrggbb: links, buttons and the like take theirs from it.</summary>
    public required string Colour { get; init; }

    /// <summary>A session ends when it is not used for so long. Clients' people come twice a month, hence the default of 30 days.</summary>
    public required TimeSpan SessionIdle { get; init; }

    /// <summary>A session ends after so long, used or not; 90 days by default.</summary>
    public required TimeSpan SessionAbsolute { get; init; }

    /// <summary>Reads the settings.</summary>
    /// <exception cref="FatalException">A setting is missing or malformed; the message names it.</exception>
    public static PortalOptions Read(IConfiguration configuration) => new()
    {
        PublicUrl = ReadPublicUrl(configuration["Portal:PublicUrl"]),
        DataFolder = configuration["Portal:DataFolder"],
        Demo = Flag(configuration, "Portal:Demo"),
        LinkKey = ReadLinkKey(configuration),
        FirstStaff = ReadFirstStaff(configuration),
        SessionIdle = ReadDuration(configuration, "Portal:SessionIdle", TimeSpan.FromDays(30)),
        SessionAbsolute = ReadDuration(configuration, "Portal:SessionAbsolute", TimeSpan.FromDays(90)),
        Organisation = configuration["Portal:Organisation"] is { Length: > 0 } organisation ? organisation : "Client Portal",
        Logo = configuration["Portal:Logo"] is { Length: > 0 } logo ? logo : null,
        Colour = ReadColour(configuration["Portal:Colour"]),
    };

    private static string ReadColour(string? text) => text switch
    {
        null or "" => "#245c4f",
        ['#', .. { Length: 6 } digits] when digits.All(char.IsAsciiHexDigit) => text,
        _ => throw new FatalException($"Portal__Colour is not a colour like #245c4f: {text}"),
    };

    private static TimeSpan ReadDuration(IConfiguration configuration, string key, TimeSpan byDefault) => configuration[key] switch
    {
        null or "" => byDefault,
        var text when TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var value) && value >= TimeSpan.FromSeconds(1) && value <= TimeSpan.FromDays(365) => value,
        _ => throw new FatalException($"{key.Replace(":", "__", StringComparison.Ordinal)} is not a time from one second to 365 days, written as days.hours:minutes:seconds, e.g. 30.00:00:00 or 08:00:00."),
    };

    private static Uri ReadPublicUrl(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new FatalException("Portal__PublicUrl is not set: the address under which people reach the portal, e.g. https://portal.example.com/.");
        }

        return Uri.TryCreate(text.EndsWith('/') ? text : text + "/", UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.Query.Length == 0
            ? url
            : throw new FatalException($"Portal__PublicUrl is not an http or https address: {text}");
    }

    private static bool Flag(IConfiguration configuration, string key) => configuration[key] switch
    {
        null or "" => false,
        var text when bool.TryParse(text, out var value) => value,
        _ => throw new FatalException($"{key.Replace(":", "__", StringComparison.Ordinal)} is neither true nor false."),
    };

    private static byte[] ReadLinkKey(IConfiguration configuration)
    {
        if (configuration["Portal:LinkKey"] is { Length: > 0 } text)
        {
            var key = new byte[text.Length];
            return Convert.TryFromBase64String(text, key, out var length) && length >= 32
                ? key[..length]
                : throw new FatalException("Portal__LinkKey is not the base64 form of at least 32 bytes; make one with: openssl rand -base64 32");
        }

        // Every host of one database knows the same password, so they derive the same key without being told one.
        var password = ConnectionSettings.Read(configuration, nameof(DbRole.Job)).Password;
        return string.IsNullOrEmpty(password)
            ? throw new FatalException("Portal__LinkKey is not set and ConnectionStrings__Job holds no password to derive it from; make one with: openssl rand -base64 32")
            : HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(password), 32, info: "ClientPortal link key"u8.ToArray());
    }

    private static FirstStaff? ReadFirstStaff(IConfiguration configuration)
    {
        var section = configuration.GetSection("Portal:FirstStaff");
        if (!section.GetChildren().Any(setting => !string.IsNullOrEmpty(setting.Value)))
        {
            return null;
        }

        return new FirstStaff(Address("Email"), Required("Password"), section["Name"] is { Length: > 0 } name ? name : Required("Email"));

        string Address(string key) => MailAddress.TryCreate(Required(key), out var address) && address.Address == section[key]
            ? address.Address
            : throw new FatalException($"Portal__FirstStaff__{key} is not a mail address.");

        string Required(string key) => string.IsNullOrWhiteSpace(section[key])
            ? throw new FatalException($"Portal__FirstStaff__{key} is not set; Email and Password go together.")
            : section[key]!; // just seen not to be blank
    }
}

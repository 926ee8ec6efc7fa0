using System.Globalization;
using Microsoft.Extensions.Configuration;
using MimeKit;

namespace ClientPortal.Platform;

/// <summary>How the connection to the mail server is protected.</summary>
public enum SmtpSecurity
{
    /// <summary>Plain text: for a server on the same machine or network.</summary>
    None,

    /// <summary>STARTTLS; a server that does not offer it gets no mail.</summary>
    StartTls,

    /// <summary>TLS from the first byte.</summary>
    Tls,
}

/// <summary>The <c>Smtp__*</c> settings: the mail server that mail leaves through.</summary>
public sealed record SmtpOptions
{
    /// <summary>The server's name.</summary>
    public required string Host { get; init; }

    /// <summary>Its port: 587 with STARTTLS, 465 with TLS from the first byte, else 25, unless set.</summary>
    public required int Port { get; init; }

    /// <summary>Who signs in there; null for nobody.</summary>
    public required string? User { get; init; }

    /// <summary>The password of <see cref="User"/>. Unencrypted it goes only where <see cref="Security"/> was set to none.</summary>
    public required string? Password { get; init; }

    /// <summary>How the connection is protected; STARTTLS unless set.</summary>
    public required SmtpSecurity Security { get; init; }

    /// <summary>How many connections a host keeps to it while there is mail; 16 unless set.</summary>
    public required int Connections { get; init; }

    /// <summary>The sender of every mail.</summary>
    public required MailboxAddress From { get; init; }

    private static readonly ParserOptions Strict = new() { AllowAddressesWithoutDomain = false, AddressParserComplianceMode = RfcComplianceMode.Strict };

    /// <summary>Reads the settings; null when <c>Smtp__Host</c> is not set: mail then stays in the portal.</summary>
    /// <exception cref="FatalException">A setting is missing or malformed; the message names it.</exception>
    public static SmtpOptions? Read(IConfiguration configuration)
    {
        var section = configuration.GetSection("Smtp");
        if (section["Host"] is not { Length: > 0 } host)
        {
            return null;
        }

        var security = section["Security"]?.ToUpperInvariant() switch
        {
            null or "" or "STARTTLS" => SmtpSecurity.StartTls,
            "TLS" => SmtpSecurity.Tls,
            "NONE" => SmtpSecurity.None,
            _ => throw new FatalException("Smtp__Security is neither none nor starttls nor tls."),
        };
        return new SmtpOptions
        {
            Host = host,
            Port = ReadNumber(section["Port"], 65535, "Smtp__Port is not a port number.") ?? PortOf(security),
            User = section["User"],
            Password = string.IsNullOrEmpty(section["User"]) == string.IsNullOrEmpty(section["Password"])
                ? section["Password"]
                : throw new FatalException("Smtp__User and Smtp__Password go together."),
            Security = security,
            Connections = ReadNumber(section["Connections"], 64, "Smtp__Connections is not a number from 1 to 64.") ?? 16,
            From = MailboxAddress.TryParse(Strict, section["From"], out var from)
                ? from
                : throw new FatalException("Smtp__From is not a mail address, e.g. Portal <portal@example.com>."),
        };
    }

    private static int PortOf(SmtpSecurity security) => security switch
    {
        SmtpSecurity.StartTls => 587,
        SmtpSecurity.Tls => 465,
        _ => 25,
    };

    private static int? ReadNumber(string? text, int largest, string refusal)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 && number <= largest
            ? number
            : throw new FatalException(refusal);
    }
}

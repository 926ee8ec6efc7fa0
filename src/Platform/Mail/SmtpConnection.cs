using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace ClientPortal.Platform.Mail;

/// <summary>A connection to the mail server; used by one mail at a time.</summary>
/// <param name="options">Where to.</param>
/// <param name="utf8">Whether it is for mail that needs SMTPUTF8 (RFC 6531). On any other it is not asked for: MailKit would for a domain's sake, which has an ASCII form, and the mail's way could end at the next server.</param>
internal sealed class SmtpConnection(SmtpOptions options, bool utf8) : IAsyncDisposable
{
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    // Certificates are checked; whether one was revoked, few relays' networks let anybody ask.
    private readonly SmtpClient _client = new() { CheckCertificateRevocation = false };
    private SmtpWire? _wire;

    /// <summary>Whether mail that needs SMTPUTF8 can be sent.</summary>
    public bool TakesUtf8 => _client.Capabilities.HasFlag(SmtpCapabilities.UTF8 | SmtpCapabilities.EightBitMime);

    /// <summary>Connects and signs in, where the server wants that; nothing when it is open.</summary>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        if (_wire is not null)
        {
            return;
        }

        _wire = await SmtpWire.ConnectAsync(options.Host, options.Port, cancellationToken);
        await _client.ConnectAsync(_wire, options.Host, options.Port, SecurityOf(options.Security), cancellationToken);
        if (options is { User.Length: > 0, Password: { } password } && _client.Capabilities.HasFlag(SmtpCapabilities.Authentication))
        {
            await _client.AuthenticateAsync(options.User, password, cancellationToken);
        }

        // So that a mail is read once, on its way out: not to be measured before, nor in another form than DATA's.
        _client.Capabilities &= ~(SmtpCapabilities.Size | SmtpCapabilities.BinaryMime | SmtpCapabilities.Chunking | (utf8 ? SmtpCapabilities.None : SmtpCapabilities.UTF8));
    }

    /// <summary>Returns when the server has taken the mail.</summary>
    public async Task SendAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        var wire = _wire ?? throw new ServiceNotConnectedException();
        wire.Mail = mail;
        await _client.SendAsync(mail.Format, mail.Message, cancellationToken);
        wire.Mail = null;
    }

    /// <summary>Says QUIT when there is somebody to say it to.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_client.IsConnected)
            {
                using var limit = new CancellationTokenSource(Farewell);
                _wire?.Settle();
                await _client.DisconnectAsync(quit: true, limit.Token);
            }
        }
        catch (Exception e) when (e is IOException or SocketException or InvalidOperationException)
        {
            // The connection is gone either way.
        }
        finally
        {
            _client.Dispose();
            _wire?.Dispose();
        }
    }

    private static SecureSocketOptions SecurityOf(SmtpSecurity security) => security switch
    {
        SmtpSecurity.StartTls => SecureSocketOptions.StartTls,
        SmtpSecurity.Tls => SecureSocketOptions.SslOnConnect,
        _ => SecureSocketOptions.None,
    };
}

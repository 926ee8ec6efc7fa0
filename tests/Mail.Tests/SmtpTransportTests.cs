using System.Net;
using System.Net.Sockets;
using System.Text;
using ClientPortal.Platform;
using ClientPortal.Platform.Mail;
using ClientPortal.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClientPortal.Mail.Tests;

/// <summary>What each thing that a mail server does means for the mail.</summary>
public sealed class SmtpTransportTests
{
    private static readonly PortalOptions Portal = new()
    {
        PublicUrl = new Uri("https://portal.example.com/"), Organisation = "Northwind & Söhne", LinkKey = new byte[32], DataFolder = null, Demo = false, FirstStaff = null, Logo = null, Colour = "#245c4f",
        SessionIdle = TimeSpan.FromDays(1), SessionAbsolute = TimeSpan.FromDays(1),
    };

    [Theory]
    [InlineData("drop", MailOutcome.Unknown)]
    [InlineData("never", MailOutcome.Unknown)]
    [InlineData("busy", MailOutcome.Deferred)]
    [InlineData("bad", MailOutcome.Rejected)]
    [InlineData("dropEarly", MailOutcome.NotSent)]
    public async Task The_outcome_says_whether_the_mail_may_have_left(string fault, MailOutcome outcome)
    {
        await using var sink = await SmtpSink.StartAsync();
        await sink.MisbehaveAsync(new Dictionary<string, double> { [fault] = 1 });

        var delivery = await SendAsync(Transport(Options(sink.Port)), Mail());

        Assert.Equal(outcome, delivery.Outcome);
        Assert.False(string.IsNullOrEmpty(delivery.Error));
    }

    [Theory]
    [InlineData("refuse@example.com", MailOutcome.Rejected)]
    [InlineData("defer@example.com", MailOutcome.Deferred)]
    public async Task A_recipient_may_be_refused_for_good_or_for_now(string to, MailOutcome outcome)
    {
        await using var sink = await SmtpSink.StartAsync();

        Assert.Equal(outcome, (await SendAsync(Transport(Options(sink.Port)), Mail(to))).Outcome);
    }

    [Fact] // PostgreSQL stores no NUL
    public async Task Whatever_a_server_answers_can_be_written_down()
    {
        var delivery = await SendToServerThatAnswersAsync("RCPT", "550 No \0\x1b[31m such mailbox");

        Assert.Equal(MailOutcome.Rejected, delivery.Outcome);
        Assert.Contains("such mailbox", delivery.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(delivery.Error!, char.IsControl);
    }

    [Theory]
    [InlineData("", "554 5.7.1 Not for you", MailOutcome.NotSent)] // its greeting
    [InlineData("EHLO HELO", "550 5.7.1 Not for you", MailOutcome.NotSent)]
    [InlineData("MAIL", "451 4.3.0 Try again later", MailOutcome.NotSent)]
    [InlineData("MAIL", "550 5.7.1 Not your address", MailOutcome.NotSent)]
    [InlineData("MAIL", "554 5.7.1 Not your address", MailOutcome.NotSent)]
    [InlineData("RCPT", "451 4.3.0 Try again later", MailOutcome.Deferred)]
    [InlineData("RCPT", "550 5.1.1 No such mailbox", MailOutcome.Rejected)]
    [InlineData("RCPT", "554 5.7.1 No mail to there", MailOutcome.Rejected)]
    [InlineData("DATA", "451 4.7.1 Try again later", MailOutcome.Deferred)]
    [InlineData("DATA", "554 5.5.1 No valid recipients", MailOutcome.Rejected)]
    public async Task What_a_server_refuses_before_it_has_heard_of_the_recipient_is_no_mails_fault(string command, string answer, MailOutcome outcome)
    {
        var delivery = await SendToServerThatAnswersAsync(command, answer);

        Assert.Equal(outcome, delivery.Outcome);
        Assert.Contains(answer[4..], delivery.Error, StringComparison.Ordinal);
    }

    private static async Task<Delivery> SendToServerThatAnswersAsync(string commands, string answer)
    {
        await using var server = new SpokenServer(commands, answer);
        return await SendAsync(Transport(Options(server.Port)), Mail());
    }

    [Theory] // which of its extensions make the client read the mail before DATA
    [InlineData("EHLO", MailOutcome.NotSent)]
    [InlineData("MAIL", MailOutcome.NotSent)]
    [InlineData("RCPT", MailOutcome.NotSent)]
    [InlineData("DATA", MailOutcome.NotSent)]
    [InlineData(".", MailOutcome.Unknown)]
    public async Task A_server_that_offers_everything_and_hangs_up_may_have_the_mail_from_its_end_on_and_no_sooner(string command, MailOutcome outcome)
    {
        await using var server = new SpokenServer(command, "");

        Assert.Equal(outcome, (await SendAsync(Transport(Options(server.Port)), Mail())).Outcome);
    }

    [Fact]
    public async Task A_mail_is_neither_measured_nor_sent_in_chunks_nor_asks_for_more_than_its_address_needs()
    {
        await using var server = new SpokenServer("", "220 Ready");
        var transport = Transport(Options(server.Port) with { From = new("", "portal@bücher.example") });

        foreach (var address in new[] { "somebody@bücher.example", "zoë@example.com", "somebody@example.com" })
        {
            Assert.Equal(MailOutcome.Sent, (await SendAsync(transport, Mail(address))).Outcome);
        }

        await transport.RestAsync();
        Assert.Equal(
            [
                "", "EHLO", "MAIL FROM:<portal@xn--bcher-kva.example>", "RCPT TO:<somebody@xn--bcher-kva.example>", "DATA", ".",
                "", "EHLO", "MAIL FROM:<portal@bücher.example> SMTPUTF8", "RCPT TO:<zoë@example.com>", "DATA", ".", "QUIT",
                "MAIL FROM:<portal@xn--bcher-kva.example>", "RCPT TO:<somebody@example.com>", "DATA", ".", "QUIT",
            ],
            server.Said.Select(line => line.StartsWith("EHLO", StringComparison.Ordinal) ? "EHLO" : line));
    }

    [Fact]
    public async Task A_server_that_says_nothing_any_more_is_given_up_at_the_limit()
    {
        (string Command, MailOutcome Outcome)[] cases = [("", MailOutcome.NotSent), ("EHLO", MailOutcome.NotSent), ("RCPT", MailOutcome.NotSent), ("DATA", MailOutcome.NotSent), (".", MailOutcome.Unknown)];
        await Task.WhenAll(cases.Select(async c =>
        {
            await using var server = new SpokenServer(c.Command, null);
            var mail = Mail() with { Lease = new MailLease(TimeProvider.System) { Length = TimeSpan.FromSeconds(20) } };
            var began = Environment.TickCount64;

            var delivery = await SendAsync(Transport(Options(server.Port)), mail);

            Assert.Equal((c.Command, c.Outcome), (c.Command, delivery.Outcome));
            Assert.Equal("The mail server did not answer in time.", delivery.Error);
            Assert.InRange(Environment.TickCount64 - began, mail.Lease.AttemptLimit.TotalMilliseconds - 50, mail.Lease.Length.TotalMilliseconds);
        }));
    }

    [Theory]
    [InlineData("")]
    [InlineData("MAIL")]
    [InlineData("DATA")]
    public async Task A_stop_ends_an_attempt_that_cannot_have_left(string command)
    {
        await using var server = new SpokenServer(command, null);
        using var stop = new CancellationTokenSource();
        var sending = Transport(Options(server.Port)).SendAsync(Mail() with { Lease = new MailLease(TimeProvider.System) { Length = TimeSpan.FromHours(1) } }, new MailContent("Hello", "<p>Hello</p>"), stop.Token);
        await Eventually.TrueAsync(() => Task.FromResult(server.Said.Any(line => line.Split(' ')[0] == command)));

        await stop.CancelAsync();

        Assert.Equal(new Delivery(MailOutcome.NotSent, "The portal was stopped before the mail left."), await sending.WaitAsync(Eventually.Patience));
    }

    [Theory]
    [InlineData("250 OK", MailOutcome.Sent)]
    [InlineData("451 4.3.0 Try again later", MailOutcome.Deferred)]
    [InlineData("", MailOutcome.Unknown)]
    public async Task A_stop_waits_for_the_answer_to_a_mail_that_may_have_left(string answer, MailOutcome outcome)
    {
        var (heard, answers) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously));
        await using var server = new SpokenServer(line =>
        {
            if (line != ".")
            {
                return Task.FromResult<string?>(SpokenServer.Usual(line));
            }

            heard.SetResult();
            return answers.Task;
        });
        using var stop = new CancellationTokenSource();
        var sending = Transport(Options(server.Port)).SendAsync(Mail(), new MailContent("Hello", "<p>Hello</p>"), stop.Token);
        await heard.Task;

        await stop.CancelAsync();

        Assert.False(sending.IsCompleted);
        answers.SetResult(answer);
        Assert.Equal(outcome, (await sending).Outcome);
    }

    [Fact]
    public async Task Without_a_server_nothing_is_sent() =>
        Assert.Equal(MailOutcome.NotSent, (await SendAsync(Transport(Options(PortalFixture.FreePort())), Mail())).Outcome);

    [Fact]
    public async Task A_connection_is_kept_for_the_next_mail_and_replaced_when_the_server_has_closed_it()
    {
        await using var sink = await SmtpSink.StartAsync();
        await using var way = new TcpProxy(sink.Port);
        var transport = Transport(Options(way.Port));

        Assert.Equal(MailOutcome.Sent, (await SendAsync(transport, Mail("one@example.com"))).Outcome);
        Assert.Equal(MailOutcome.Sent, (await SendAsync(transport, Mail("two@example.com"))).Outcome);
        Assert.Equal(1, way.Connections);
        way.Cut();
        way.Mend();
        Assert.Equal(MailOutcome.Sent, (await SendAsync(transport, Mail("three@example.com"))).Outcome);
        Assert.Equal(2, way.Connections);
        await transport.RestAsync();
        await sink.CaughtUpAsync();

        Assert.Equal(["one@example.com", "two@example.com", "three@example.com"], sink.Mails.Select(m => m.To.Single()));
    }

    [Fact]
    public async Task A_kept_connection_that_the_server_took_leave_of_is_replaced_and_the_mail_leaves_once()
    {
        var connections = 0;
        var left = false;
        await using var server = new SpokenServer(line =>
        {
            connections += line.Length == 0 ? 1 : 0;
            if (connections > 1 || (line != "." && !left))
            {
                return Task.FromResult<string?>(SpokenServer.Usual(line));
            }

            var said = left ? "" : "250 OK\r\n421 4.4.2 Idle for too long";
            left = true;
            return Task.FromResult<string?>(said);
        });
        var transport = Transport(Options(server.Port));

        Assert.Equal(MailOutcome.Sent, (await SendAsync(transport, Mail("one@example.com"))).Outcome);
        Assert.Equal(MailOutcome.Sent, (await SendAsync(transport, Mail("two@example.com"))).Outcome);

        Assert.Equal(2, server.Texts.Count);
        Assert.Equal(2, server.Said.Count(line => line.Length == 0)); // connections
    }

    [Fact]
    public async Task A_host_that_was_held_up_in_the_midst_of_a_mail_does_not_bring_it_to_its_end()
    {
        await using var sink = await SmtpSink.StartAsync();
        await using var way = new TcpProxy(sink.Port);
        var time = new StoppedTime();
        var mail = Mail() with { Lease = new MailLease(time) { Length = TimeSpan.FromMinutes(2) } };
        way.StallAfter(100_000);
        var sending = SendAsync(Transport(Options(way.Port)), mail, new MailContent("Hello", string.Concat(Enumerable.Repeat("<p>Hello</p>\n", 2_000_000))));
        await Eventually.TrueAsync(() => Task.FromResult(way.Stalled > 0));

        time.Passed = TimeSpan.FromSeconds(97);
        way.Mend();

        Assert.Equal(MailOutcome.Unknown, (await sending).Outcome);
        await sink.CaughtUpAsync();
        Assert.Empty(sink.Mails);
    }

    [Fact]
    public async Task What_was_given_up_does_not_arrive_later_from_this_machines_buffers()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Server.ReceiveBufferSize = 4096; // so that most of the mail waits on the sender's side
        server.Start();
        var mail = Mail() with { Lease = new MailLease(TimeProvider.System) { Length = TimeSpan.FromSeconds(15) } };
        var sending = SendAsync(Transport(Options(((IPEndPoint)server.LocalEndpoint).Port)), mail, new MailContent("Hello", string.Concat(Enumerable.Repeat("<p>Hello</p>\n", 20_000))));
        using var client = await server.AcceptTcpClientAsync();
        await using var stream = client.GetStream();
        using var lines = new StreamReader(stream);
        for (var line = ""; line != "DATA"; line = await lines.ReadLineAsync())
        {
            await stream.WriteAsync(line == "" ? "220 Ready\r\n"u8.ToArray() : "250 OK\r\n"u8.ToArray());
        }

        await stream.WriteAsync("354 Go on\r\n"u8.ToArray());
        Assert.Equal(MailOutcome.Unknown, (await sending).Outcome);

        var received = new StringBuilder();
        await Assert.ThrowsAsync<IOException>(async () =>
        {
            while (await lines.ReadLineAsync() is { } line)
            {
                received.Append(line).Append('\n');
            }
        });
        Assert.DoesNotContain("\n.\n", received.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Once_its_lease_is_nearly_over_a_mail_no_longer_leaves()
    {
        await using var sink = await SmtpSink.StartAsync();
        var transport = Transport(Options(sink.Port));
        var time = new StoppedTime();
        var mail = Mail() with { Lease = new MailLease(time) { Length = TimeSpan.FromMinutes(2) } };
        time.Passed = TimeSpan.FromSeconds(97); // the longest attempt would end beyond it

        var late = await SendAsync(transport, mail);
        await SendAsync(transport, Mail("next@example.com"));
        await sink.WaitForAsync(m => m.To.Single() == "next@example.com");

        Assert.Equal(MailOutcome.NotSent, late.Outcome);
        Assert.Equal(["next@example.com"], sink.Mails.Select(m => m.To.Single()));
    }

    [Fact]
    public async Task MAIL_02_Lines_of_dots_arrive_as_they_were()
    {
        await using var sink = await SmtpSink.StartAsync();

        await SendAsync(Transport(Options(sink.Port)), Mail(), new MailContent("a\n.\n..\n.b\nQUIT\n.", "<p>a</p>\n.\n..\n"));

        var mail = await sink.WaitForAsync(_ => true);
        Assert.Equal("a\n.\n..\n.b\nQUIT\n.", mail.Text.ReplaceLineEndings("\n").TrimEnd('\n'));
        Assert.Equal("<p>a</p>\n.\n..", mail.Html.ReplaceLineEndings("\n").TrimEnd('\n'));
    }

    [Theory]
    [InlineData(SmtpSecurity.StartTls, "--tls")]
    [InlineData(SmtpSecurity.Tls, "--tls-only")]
    public async Task MAIL_09_A_server_whose_certificate_is_not_trusted_gets_neither_password_nor_mail(SmtpSecurity security, string option)
    {
        using var certificates = Certificates.For("localhost");
        await using var sink = await SmtpSink.StartAsync(option, certificates.Folder, "--auth", "portal:secret");

        var delivery = await SendAsync(Transport(Options(sink.Port) with { Security = security, User = "portal", Password = "secret" }), Mail());

        Assert.Equal(MailOutcome.NotSent, delivery.Outcome);
        Assert.Contains("certificate", delivery.Error, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(sink.Mails);
    }

    [Theory] // somebody in between took STARTTLS out of its greeting
    [InlineData("250-Hello\r\n250-AUTH PLAIN LOGIN\r\n250 8BITMIME")]
    [InlineData("502 5.5.1 Never heard of it")] // so that the client says HELO
    public async Task MAIL_09_A_server_that_no_longer_offers_TLS_gets_neither_password_nor_mail(string greeting)
    {
        await using var server = new SpokenServer("EHLO", greeting);

        var delivery = await SendAsync(Transport(Options(server.Port) with { Security = SmtpSecurity.StartTls, User = "portal", Password = "secret" }), Mail());

        Assert.Equal(MailOutcome.NotSent, delivery.Outcome);
        Assert.Contains("STARTTLS", delivery.Error, StringComparison.Ordinal);
        Assert.All(server.Said, line => Assert.True(line.Length == 0 || line[..4] is "EHLO" or "HELO", line));
    }

    [Fact]
    public async Task MAIL_09_A_server_that_speaks_no_TLS_where_it_is_to_begin_with_it_gets_neither_password_nor_mail()
    {
        await using var server = new SpokenServer("", "220 Ready");

        var delivery = await SendAsync(Transport(Options(server.Port) with { Security = SmtpSecurity.Tls, User = "portal", Password = "secret" }), Mail());

        Assert.Equal(MailOutcome.NotSent, delivery.Outcome);
        Assert.DoesNotContain(server.Said, line => line.StartsWith("AUTH", StringComparison.Ordinal) || line.StartsWith("MAIL", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("PLAIN")]
    [InlineData("LOGIN")]
    [InlineData("CRAM-MD5")]
    public async Task A_sign_in_takes_the_way_that_the_server_offers(string way)
    {
        await using var sink = await SmtpSink.StartAsync("--auth", "portal:secret", "--auth-by", way);

        Assert.Equal(MailOutcome.Sent, (await SendAsync(Transport(Options(sink.Port) with { User = "portal", Password = "secret" }), Mail())).Outcome);
        Assert.Equal("portal", (await sink.WaitForAsync(_ => true)).User);
    }

    [Theory]
    [InlineData("secret", MailOutcome.Sent)]
    [InlineData("wrong", MailOutcome.NotSent)]
    public async Task A_server_that_wants_a_sign_in_gets_it_and_a_wrong_password_is_no_mails_fault(string password, MailOutcome outcome)
    {
        await using var sink = await SmtpSink.StartAsync("--auth", "portal:secret");

        var delivery = await SendAsync(Transport(Options(sink.Port) with { User = "portal", Password = password }), Mail());

        Assert.Equal(outcome, delivery.Outcome);
        Assert.DoesNotContain(password, delivery.Error ?? "", StringComparison.Ordinal);
        await sink.CaughtUpAsync();
        Assert.All(sink.Mails, m => Assert.Equal("portal", m.User));
        Assert.Equal(outcome == MailOutcome.Sent, sink.Mails.Count == 1);
    }

    [Fact]
    public async Task MAIL_01_a_name_arrives_as_it_is_and_names_nobody_else()
    {
        string[] names =
        [
            new('名', 200), string.Concat(Enumerable.Repeat("a😀é", 60)), new('x', 200), string.Concat(Enumerable.Repeat("word ", 40)).Trim(), "שלום עולם",
            "Müller, \"Jörg\" <x@y.example> (CEO);", "\"Eve\" <evil@example.org>, other@example.org", "\"Eve\"", "O'Neil \\ \"Sons\"", "\\",
        ];
        await using var sink = await SmtpSink.StartAsync();
        foreach (var (n, name) in names.Index())
        {
            foreach (var to in new[] { $"to{n}@example.com", $"zoë{n}@example.com" }) // the second's headers are not encoded
            {
                await SendAsync(Transport(Options(sink.Port), Portal with { Organisation = name }), Mail(to) with { ToName = name, Subject = $"Hello {name}" });

                var mail = await sink.WaitForAsync(m => m.To[0] == to);
                Assert.Equal([$"{name} <portal@example.com>", $"{name} <{to}>"], mail.Mailboxes);
                Assert.Equal($"Hello {name}", mail.Subject);
                Assert.All(mail.Raw.Split("\r\n"), line => Assert.InRange(line.Length, 0, 998));
            }
        }
    }

    [Theory]
    [InlineData("Eve\r\nBcc: evil@example.org")]
    [InlineData("Eve\nBcc: evil@example.org\n\n<p>Mine</p>")]
    [InlineData("Eve\r\n .\r\n.\r\nRCPT TO:<evil@example.org>")]
    [InlineData("Eve\u2028Bcc: evil@example.org\u0085\0")]
    [InlineData("Eve\" <evil@example.org>,\r\n \"Adam")]
    [InlineData("=?utf-8?q?Eve=0D=0ABcc:_evil@example.org?=")]
    public async Task MAIL_01_A_name_begins_no_header_line_whatever_is_in_it(string name)
    {
        await using var sink = await SmtpSink.StartAsync();
        foreach (var to in new[] { "somebody@example.com", "zoë@example.com" }) // the second's headers are not encoded
        {
            Assert.Equal(MailOutcome.Sent, (await SendAsync(Transport(Options(sink.Port), Portal with { Organisation = name }), Mail(to) with { ToName = name, Subject = name })).Outcome);

            var mail = await sink.WaitForAsync(m => m.To[0] == to);
            Assert.Equal([to], mail.To);
            Assert.Equal(2, mail.Mailboxes.Count);
            Assert.Equal(
                ["Auto-Submitted", "Content-Type", "Date", "From", "MIME-Version", "Message-Id", "Subject", "To"],
                mail.Raw[..mail.Raw.IndexOf("\r\n\r\n", StringComparison.Ordinal)].Split("\r\n").Where(line => line[0] is not (' ' or '\t')).Select(line => line.Split(':')[0]).Order(StringComparer.Ordinal));
            Assert.Equal("<p>Hello</p>", mail.Html.Trim());
        }
    }

    [Theory]
    [InlineData("somebody@bücher.example", "<somebody@xn--bcher-kva.example>")]
    [InlineData("o'neil+tag=1/2{x}@example.com", "<o'neil+tag=1/2{x}@example.com>")]
    [InlineData("Some.Body@EXAMPLE.com", "<Some.Body@EXAMPLE.com>")]
    [InlineData("=?utf-8?q?a=0D=0Ab?=@example.com", "<=?utf-8?q?a=0D=0Ab?=@example.com>")]
    public async Task An_unusual_address_is_reached_as_it_is_stored_and_its_domain_as_a_server_knows_it(string address, string inHeader)
    {
        await using var sink = await SmtpSink.StartAsync();

        Assert.Equal(MailOutcome.Sent, (await SendAsync(Transport(Options(sink.Port) with { From = new("", "portal@bücher.example") }), Mail(address))).Outcome);

        var mail = await sink.WaitForAsync(_ => true);
        Assert.Equal([address], mail.To);
        Assert.Contains($"To: Somebody {inHeader}\r\n", mail.Raw, StringComparison.Ordinal);
        Assert.Matches("^<[0-9a-f]{32}@xn--bcher-kva\\.example>$", mail.MessageId);
    }

    [Fact] // RFC 6531
    public async Task A_mailbox_beyond_ASCII_is_given_up_at_once_where_the_server_cannot_reach_it_and_staff_read_why()
    {
        await using var sink = await SmtpSink.StartAsync("--ascii");
        var transport = Transport(Options(sink.Port));
        Assert.Equal(MailOutcome.Sent, (await SendAsync(transport, Mail("somebody@bücher.example"))).Outcome); // and over a connection that was kept

        foreach (var address in new[] { "zoë@example.com", "Zoe\u0308@bücher.EXAMPLE" })
        {
            var delivery = await SendAsync(transport, Mail(address));

            Assert.Equal(MailOutcome.Rejected, delivery.Outcome);
            Assert.Equal("The mail server cannot reach this address: it has letters beyond ASCII before the @, and the server does not offer SMTPUTF8.", delivery.Error);
        }

        Assert.Single(sink.Mails);
    }

    private static SmtpTransport Transport(SmtpOptions options, PortalOptions? portal = null) => new(options, portal ?? Portal, TimeProvider.System, NullLogger<SmtpTransport>.Instance);

    private static SmtpOptions Options(int port) => new()
    {
        Host = "localhost", Port = port, User = null, Password = null, Security = SmtpSecurity.None, Connections = 2, From = new("", "portal@example.com"),
    };

    private static ClaimedMail Mail(string to = "somebody@example.com") =>
        new(1, Guid.CreateVersion7(), "TEST", Guid.CreateVersion7(), to, "Somebody", "Subject", new MailLease(TimeProvider.System) { Length = TimeSpan.FromSeconds(60) });

    private static Task<Delivery> SendAsync(SmtpTransport transport, ClaimedMail mail, MailContent? content = null) =>
        transport.SendAsync(mail, content ?? new MailContent("Hello", "<p>Hello</p>"), CancellationToken.None);

    private sealed class StoppedTime : TimeProvider
    {
        public TimeSpan Passed { get; set; }

        public override long GetTimestamp() => Passed.Ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;
    }
}

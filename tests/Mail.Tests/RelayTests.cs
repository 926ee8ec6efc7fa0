using ClientPortal.Testing;

namespace ClientPortal.Mail.Tests;

/// <summary>A mail server that is down, slow, silent or protected, seen from a host in its own process.</summary>
[Collection(nameof(PortalFixture))]
public sealed class RelayTests(PortalFixture fixture)
{
    [Fact]
    public async Task THR_06_After_the_mail_server_was_down_the_backlog_leaves_within_the_limits_and_no_slot_was_lost()
    {
        var limits = Limits.Scaled with { Day = TimeSpan.FromMinutes(10) }; // a slot that was lost is lost for this test
        await using var scene = await MailScene.CreateAsync(fixture, limits);
        scene.ToSink.Cut();
        scene.StartHost();
        await scene.QueueAsync([.. Enumerable.Range(0, 24).Select(n => $"backlog{n % 6}@example.com")]);
        await Eventually.TrueAsync(() => scene.Database.ScalarAsync<bool>("select count(*) >= 30 from mail.attempt where outcome = 'NOT_SENT'"));
        Assert.Empty(scene.Sink.Mails);

        scene.ToSink.Mend();
        await scene.SettledAsync();

        Assert.Equal(24, scene.Sink.Mails.Count);
        Assert.Empty(Wire.Violations(limits, scene.Sink.Mails));
    }

    [Theory]
    [InlineData("drop")]
    [InlineData("never")]
    public async Task THR_07_A_server_that_never_says_what_became_of_a_mail_gets_two_copies_with_one_link_and_staff_see_it(string fault)
    {
        await using var scene = await MailScene.CreateAsync(fixture, Limits.Scaled);
        await scene.Sink.MisbehaveAsync(new Dictionary<string, double> { [fault] = 1 });
        scene.StartHost();
        await scene.QueueAsync("somebody@example.com");

        await scene.SettledAsync();

        Assert.Equal(2, scene.Sink.Mails.Count);
        Assert.Single(scene.Sink.Mails.Select(m => m.MessageId).Distinct());
        Wire.AssertAtMostTwoCopies(scene.Sink.Mails);
        Assert.Empty(Wire.Violations(Limits.Scaled, scene.Sink.Mails));
        Assert.Equal("FAILED", await scene.StateAsync("somebody@example.com"));
        Assert.Equal("DELIVERY_FAILED", await scene.Database.ScalarAsync<string>("select detail from invitations.invitation"));
        Assert.Equal(2L, await scene.Database.ScalarAsync<long>("select count(*) from mail.attempt where outcome = 'UNKNOWN'"));
    }

    [Fact]
    public async Task A_server_that_refuses_the_sender_loses_nobodys_mail_and_the_log_says_once_what_to_mend()
    {
        await using var scene = await MailScene.CreateAsync(fixture, Limits.Scaled);
        await scene.Sink.MisbehaveAsync(new { sender = 553 });
        var host = scene.StartHost();
        await scene.QueueAsync([.. Enumerable.Range(0, 6).Select(n => $"waiting{n}@example.com")]);
        await Eventually.TrueAsync(() => scene.Database.ScalarAsync<bool>("select count(*) >= 12 from mail.attempt where outcome = 'NOT_SENT'"));

        Assert.Equal(6, await scene.CountAsync("QUEUED", "SENDING"));
        Assert.Equal(0L, await scene.Database.ScalarAsync<long>("select count(*) from mail.attempt where outcome <> 'NOT_SENT'"));
        Assert.True(await scene.Database.ScalarAsync<bool>("select bool_and(last_error like '%Not your address%') from mail.outbox"));
        await scene.Sink.MisbehaveAsync(new { });
        await scene.SettledAsync();
        await host.SignalAsync("INT");

        Assert.Equal(6, await scene.CountAsync("SENT"));
        var told = Assert.Single((await host.EndAsync()).Output.Split('\n'), line => line.Contains("takes no mail from here", StringComparison.Ordinal));
        Assert.Contains("(SMTP 553). Mend Smtp__From", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_server_cannot_reach_is_given_up_at_once_and_staff_see_it()
    {
        await using var scene = await MailScene.CreateAsync(fixture, Limits.Real, "--ascii");
        scene.StartHost();
        await scene.QueueAsync("zoë@example.com");

        await scene.SettledAsync();

        Assert.Equal("DELIVERY_FAILED", await scene.Database.ScalarAsync<string>("select detail from invitations.invitation"));
        Assert.Contains("does not offer SMTPUTF8", await scene.Database.ScalarAsync<string>("select last_error from mail.outbox where state = 'FAILED' and attempts = 1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task MAIL_07_A_retry_is_the_same_mail_with_the_same_Message_ID_and_link()
    {
        await using var scene = await MailScene.CreateAsync(fixture, Limits.Scaled);
        await scene.Sink.MisbehaveAsync(new { busy = 1 }); // refused for now, behind the text
        scene.StartHost();
        await scene.QueueAsync("somebody@example.com");
        await scene.Sink.WaitForAsync(m => m.Fault == "busy");
        await scene.Sink.MisbehaveAsync(new { });

        await scene.SettledAsync();

        Assert.Equal("SENT", await scene.StateAsync("somebody@example.com"));
        Assert.True(scene.Sink.Mails.Count > 1); // more than two, if the server was told late that it may be good again
        Assert.All(scene.Sink.Mails.SkipLast(1), m => Assert.Equal("busy", m.Fault));
        Assert.Null(scene.Sink.Mails[^1].Fault);
        var copies = scene.Sink.Mails.Select(m => (m.MessageId, m.Subject, Text: m.Text.ReplaceLineEndings(), Html: m.Html.ReplaceLineEndings())).Distinct();
        Assert.Matches("/invitation/[\\w-]{43}\\s", Assert.Single(copies).Text);
    }

    [Fact]
    public async Task THR_07_A_late_answer_is_waited_for()
    {
        await using var scene = await MailScene.CreateAsync(fixture, Limits.Real);
        await scene.Sink.MisbehaveAsync(new { late = 3000 });
        scene.StartHost();
        await scene.QueueAsync("somebody@example.com");

        await scene.SettledAsync();

        Assert.Single(scene.Sink.Mails);
        Assert.Equal("SENT", await scene.StateAsync("somebody@example.com"));
    }

    [Theory]
    [InlineData("starttls", "--tls")]
    [InlineData("tls", "--tls-only")]
    public async Task MAIL_09_With_TLS_a_trusted_server_gets_the_mail_encrypted_and_signed_in(string security, string option)
    {
        using var certificates = Certificates.For("localhost");
        await using var scene = await MailScene.CreateAsync(fixture, Limits.Real, option, certificates.Folder, "--auth", "portal:secret");
        scene.StartHost(0, ("Smtp__Host", "localhost"), ("Smtp__Security", security), ("Smtp__User", "portal"), ("Smtp__Password", "secret"), ("SSL_CERT_FILE", certificates.Authority));
        await scene.QueueAsync([.. Enumerable.Range(0, 20).Select(n => $"tls{n}@example.com")]);

        await scene.SettledAsync();

        Assert.Equal(20, scene.Sink.Mails.Count);
        Assert.All(scene.Sink.Mails, m => Assert.Equal((true, "portal"), (m.Secure, m.User)));
    }

    [Theory] // what may have left is known of writes below TLS
    [InlineData("starttls", "--tls", "drop", "UNKNOWN")]
    [InlineData("tls", "--tls-only", "drop", "UNKNOWN")]
    [InlineData("tls", "--tls-only", "dropEarly", "NOT_SENT")]
    public async Task A_server_that_hangs_up_may_have_the_mail_from_its_end_on_whether_it_came_encrypted_or_not(string security, string option, string fault, string outcome)
    {
        using var certificates = Certificates.For("localhost");
        await using var scene = await MailScene.CreateAsync(fixture, Limits.Real, option, certificates.Folder);
        await scene.Sink.MisbehaveAsync(new Dictionary<string, double> { [fault] = 1 });
        scene.StartHost(0, ("Smtp__Host", "localhost"), ("Smtp__Security", security), ("SSL_CERT_FILE", certificates.Authority));
        await scene.QueueAsync("somebody@example.com");

        await Eventually.TrueAsync(() => scene.Database.ScalarAsync<bool>("select exists (select from mail.attempt where outcome is not null)"));

        Assert.Equal(outcome, await scene.Database.ScalarAsync<string>("select outcome from mail.attempt order by id limit 1"));
    }

    [Fact]
    public async Task A_host_that_is_stopped_waits_for_no_server_but_for_the_answer_to_a_mail_that_may_have_left()
    {
        await using var scene = await MailScene.CreateAsync(fixture, Limits.Real); // its attempts may take longer than this test
        await scene.Sink.MisbehaveAsync(new { hold = true });
        var (host, _) = await scene.StartReadyHostAsync(("Smtp__Connections", "4"));
        await scene.QueueAsync("left@example.com");
        await scene.Sink.WaitForAsync(m => m.To[0] == "left@example.com");
        scene.ToSink.StallAfter(60);
        await scene.QueueAsync("envelope@example.com");
        await Eventually.TrueAsync(() => Task.FromResult(scene.ToSink.Stalled > 0));

        await host.SignalAsync("INT");

        await Eventually.TrueAsync(() => scene.Database.ScalarAsync<bool>("select exists (select from mail.outbox where to_address = 'envelope@example.com' and last_error like '%stopped before%')"));
        Assert.Equal("SENDING", await scene.StateAsync("left@example.com"));
        await scene.Sink.MisbehaveAsync(new { });
        await host.EndAsync();
        Assert.Equal("SENT", await scene.StateAsync("left@example.com"));
        Assert.Equal("QUEUED", await scene.StateAsync("envelope@example.com"));
    }

    [Theory]
    [InlineData("starttls", "--tls")]
    [InlineData("tls", "--tls-only")]
    public async Task MAIL_09_A_certificate_for_another_name_is_refused(string security, string option)
    {
        using var certificates = Certificates.For("other.example");
        await using var scene = await MailScene.CreateAsync(fixture, Limits.Real, option, certificates.Folder);
        scene.StartHost(0, ("Smtp__Host", "localhost"), ("Smtp__Security", security), ("SSL_CERT_FILE", certificates.Authority));
        await scene.QueueAsync("somebody@example.com");

        await Eventually.TrueAsync(() => scene.Database.ScalarAsync<bool>("select exists (select from mail.outbox where state = 'QUEUED' and last_error like '%certificate%')"));

        Assert.Empty(scene.Sink.Mails);
    }
}

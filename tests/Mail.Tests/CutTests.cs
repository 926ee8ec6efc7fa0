using ClientPortal.Testing;

namespace ClientPortal.Mail.Tests;

/// <summary>The way from a sender to its database or to the mail server is cut in the midst of a mail, once and at a known point.</summary>
[Collection(nameof(PortalFixture))]
public sealed class CutTests(PortalFixture fixture)
{
    private const string Address = "somebody@example.com";

    // Longer than it takes until the server has answered and the sender has tried several times to write that down.
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(6);

    [Fact]
    public async Task JOB_05_A_mail_that_left_while_the_way_to_the_database_was_cut_is_written_down_once_it_is_mended_and_not_sent_again()
    {
        await using var scene = await MailScene.CreateAsync(fixture, Limits.Real); // with a lease that is longer than the test
        await scene.Sink.MisbehaveAsync(new { hold = true });
        await scene.StartReadyHostAsync(); // one that loses its database while it starts ends
        await scene.QueueAsync(Address);
        await scene.Sink.WaitForAsync(m => m.To[0] == Address);

        scene.ToDatabase.Cut();
        await scene.Sink.MisbehaveAsync(new { }); // and now the server answers
        var until = Environment.TickCount64 + (long)Outage.TotalMilliseconds;
        await Eventually.TrueAsync(() => Task.FromResult(Environment.TickCount64 > until));
        Assert.Equal("SENDING", await scene.StateAsync(Address));
        scene.ToDatabase.Mend();

        await Eventually.TrueAsync(async () => await scene.StateAsync(Address) == "SENT");
        await scene.QueueAsync("next@example.com"); // and it goes on
        await scene.Sink.WaitForAsync(m => m.To[0] == "next@example.com");
        Assert.Single(scene.Sink.Mails, m => m.To[0] == Address);
    }

    [Theory]
    [InlineData(0, "NOT_SENT")] // nothing was said
    [InlineData(60, "NOT_SENT")] // the envelope
    [InlineData(1200, "UNKNOWN")] // in the midst of the text
    public async Task JOB_05_A_mail_whose_way_to_the_mail_server_was_cut_is_tried_again_and_only_one_that_may_have_left_took_a_place(int bytes, string outcome)
    {
        await using var scene = await MailScene.CreateAsync(fixture, Limits.Scaled);
        scene.ToSink.StallAfter(bytes);
        scene.StartHost();
        await scene.QueueAsync(Address);
        await Eventually.TrueAsync(() => Task.FromResult(scene.ToSink.Stalled > 0));

        scene.ToSink.Cut();
        await Eventually.TrueAsync(() => scene.Database.ScalarAsync<bool>("select exists (select from mail.attempt where outcome is not null)"));
        Assert.Equal(outcome, await scene.Database.ScalarAsync<string>("select outcome from mail.attempt order by id limit 1"));
        scene.ToSink.Mend();

        await scene.SettledAsync();
        Assert.Equal("SENT", await scene.StateAsync(Address));
        Assert.Single(scene.Sink.Mails);
        Assert.Equal(outcome == "UNKNOWN" ? 2L : 1L, await scene.Database.ScalarAsync<long>("select count(*) from mail.attempt where outcome <> 'NOT_SENT'"));
    }
}

using ClientPortal.Platform;
using ClientPortal.Testing;

namespace ClientPortal.Mail.Tests;

/// <summary>A database with mails to send, and hosts in processes of their own that send them through a mail server of their own.</summary>
internal sealed class MailScene : IAsyncDisposable
{
    private readonly List<HostProcess> hosts = [];

    private MailScene(PortalFixture fixture, TestDatabase database, SmtpSink sink)
    {
        Fixture = fixture;
        Database = database;
        Sink = sink;
        ToDatabase = new TcpProxy(new Npgsql.NpgsqlConnectionStringBuilder(database.Superuser).Port);
        ToSink = new TcpProxy(sink.Port);
    }

    public PortalFixture Fixture { get; }

    public TestDatabase Database { get; }

    public SmtpSink Sink { get; }

    /// <summary>The hosts' way to PostgreSQL; the test's own does not lead through it.</summary>
    public TcpProxy ToDatabase { get; }

    public TcpProxy ToSink { get; }

    public static async Task<MailScene> CreateAsync(PortalFixture fixture, Limits limits, params string[] sinkArguments)
    {
        var database = await fixture.CreateDatabaseAsync();
        if (limits != Limits.Real)
        {
            await limits.ApplyAsync(database);
        }

        return new MailScene(fixture, database, await SmtpSink.StartAsync(sinkArguments));
    }

    /// <summary>Starts a host, which sends at once.</summary>
    public HostProcess StartHost(int port = 0, params (string Key, string Value)[] settings)
    {
        var host = HostProcess.Start([], Fixture.ProcessSettings(ThroughProxy(), port == 0 ? PortalFixture.FreePort() : port, [("Smtp__Port", $"{ToSink.Port}"), .. settings]));
        lock (hosts)
        {
            hosts.Add(host);
        }

        return host;
    }

    /// <summary>Starts a host and waits until it serves; its address.</summary>
    public async Task<(HostProcess Host, Uri Url)> StartReadyHostAsync(params (string Key, string Value)[] settings)
    {
        var port = PortalFixture.FreePort();
        var host = StartHost(port, settings);
        await host.ReadyAsync(port);
        return (host, new Uri($"http://localhost:{port}/"));
    }

    private TestDatabase ThroughProxy() => Database with
    {
        ConnectionStrings = Database.ConnectionStrings.ToDictionary(c => c.Key, c => new Npgsql.NpgsqlConnectionStringBuilder(c.Value) { Host = "127.0.0.1", Port = ToDatabase.Port, Timeout = 15 }.ConnectionString),
    };

    /// <summary>Invites a contact at each of these addresses, each of a client of their own, in one transaction.</summary>
    public async Task QueueAsync(params IReadOnlyList<string> emails)
    {
        var addresses = emails.Select(e => EmailAddress.TryParse(e, out var address) ? address : throw new ArgumentException(e)).ToList();
        await Database.ExecuteAsync(
            """
            with given as materialized (
              select gen_random_uuid() as client, gen_random_uuid() as contact, x.* from unnest($1, $2, $3) with ordinality as x (email, recipient, sign_in, n)),
            client as (insert into clients.client (id, number, name, currency) select client, client::text, 'Client ' || n, 'EUR' from given returning id),
            contact as (insert into clients.contact (id, client_id, name, email, recipient_key, sign_in_key)
              select g.contact, c.id, 'Contact ' || g.n, g.email, g.recipient, g.sign_in from client c join given g on g.client = c.id returning id, client_id)
            insert into invitations.invitation (contact_id, client_id) select id, client_id from contact
            """, emails.ToArray(), addresses.Select(a => a.RecipientKey).ToArray(), addresses.Select(a => a.SignInKey).ToArray());
        await Database.ExecuteAsync(
            """
            select invitations.send_link(i.contact_id, gen_random_uuid(), sha256(convert_to(i.contact_id::text, 'UTF8')), '7 days', 'Invitation', 'Test')
            from invitations.invitation i where i.status = 'NOT_INVITED' and i.detail is null
            """);
    }

    /// <summary>Holds every sender up between taking a mail and writing it, where no time limit of its own runs, until the answer is called; ten seconds at most.</summary>
    public async Task<Func<Task>> HoldTextsAsync()
    {
        await Database.ExecuteAsync(
            """
            create table public.held as select;
            create function public.hold() returns boolean language plpgsql security definer as 'begin while exists (select from public.held) loop perform pg_sleep(0.02); end loop; return true; end';
            grant usage on schema public to public
            """);
        await Limits.RewriteAsync(Database, "return exists", "return public.hold() and exists");
        return async () =>
        {
            await Limits.RewriteAsync(Database, "return public.hold() and exists", "return exists");
            await Database.ExecuteAsync("delete from public.held");
            await Database.ExecuteAsync("drop table public.held; drop function public.hold()");
        };
    }

    /// <summary>The host that has most of the mails that are on their way, and whom they are to.</summary>
    public async Task<(HostProcess Host, string[] Recipients)> SenderAsync()
    {
        var id = await Database.ScalarAsync<int>("select split_part(worker, '/', 2)::int from mail.attempt where outcome is null group by worker order by count(*) desc limit 1");
        var recipients = await Database.ScalarAsync<string[]>("select array_agg(o.to_address) from mail.attempt a join mail.outbox o on o.id = a.outbox_id where a.outcome is null and a.worker like '%/' || $1", $"{id}");
        lock (hosts)
        {
            return (hosts.Single(h => !h.HasExited && h.Id == id), recipients);
        }
    }

    /// <summary>Of a mail that a sender lost before anything of it could be on its way, the wire saw no more copies than there were later attempts: the one who lost it never sent it.</summary>
    /// <param name="address">Whom the mail is to.</param>
    /// <param name="lost">How many attempts had no outcome when the sender was stopped.</param>
    public async Task AssertLostAsync(string address, long lost = 1)
    {
        var attempts = await Database.ScalarAsync<long>("select count(*) from mail.attempt a join mail.outbox o on o.id = a.outbox_id where o.to_address = $1 and a.outcome <> 'NOT_SENT'", address);
        Assert.InRange(Sink.Mails.Count(m => m.To[0] == address), 0, attempts - lost);
    }

    /// <summary>How many attempts to send to an address have no outcome yet.</summary>
    public Task<long> UnderWayAsync(string address) =>
        Database.ScalarAsync<long>("select count(*) from mail.attempt a join mail.outbox o on o.id = a.outbox_id where o.to_address = $1 and a.outcome is null", address);

    /// <summary>How many mails of the outbox are in one of these states.</summary>
    public Task<long> CountAsync(params string[] states) => Database.ScalarAsync<long>("select count(*) from mail.outbox where state = any ($1)", (object)states);

    public Task<string> StateAsync(string address) => Database.ScalarAsync<string>("select state from mail.outbox where to_address = $1", address);

    /// <summary>Waits until no mail waits or is on its way, and all that came are known.</summary>
    public async Task SettledAsync()
    {
        await Eventually.TrueAsync(async () =>
        {
            await Database.ExecuteAsync("select mail.sweep()");
            return await CountAsync("QUEUED", "SENDING") == 0;
        });
        await Sink.CaughtUpAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in hosts)
        {
            host.Dispose();
        }

        await ToDatabase.DisposeAsync();
        await ToSink.DisposeAsync();
        await Sink.DisposeAsync();
    }
}

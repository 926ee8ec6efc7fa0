using Microsoft.Extensions.DependencyInjection;

namespace ClientPortal.Invitations.Tests;

/// <summary>Random operations beside a model of what they must do.</summary>
[Collection(nameof(Scene))]
public sealed class InvitationModelTests(Scene scene)
{
    private const int Workers = 8;
    private const int OperationsEach = 125;
    private static readonly string[] Operations =
    [
        "invite", "invite", "inviteMany", "inviteMany", "resend", "revokeInvitation", "revokeAccess", "accept", "accept", "acceptOld", "expire", "expire",
        "askForNewLink", "askForNewLink", "changeAddress", "remove", "deactivate", "makeInternal",
    ];

    [Fact]
    public async Task INV_12_after_each_of_1000_operations_by_8_workers_the_state_is_the_models()
    {
        var contacts = new List<Guid>();

        await Task.WhenAll(Enumerable.Range(0, Workers).Select(async worker =>
        {
            var model = new Model(scene, await scene.ContactAsync());
            var random = new Random(worker);
            for (var n = 0; n < OperationsEach; n++)
            {
                var operation = Operations[random.Next(Operations.Length)];
                await model.RunAsync(operation);
                var (status, detail) = await model.ActualAsync();
                Assert.True(status == model.Status && (model.Detail is null || detail == model.Detail), $"Worker {worker}, operation {n} ({operation}): {status} {detail}, but the model says {model.Status} {model.Detail}.");
            }

            lock (contacts)
            {
                contacts.Add(model.Id);
            }
        }));

        // Every step of every history begins where the last one ended, and none leads from NOT_INVITED to ONBOARDED.
        Assert.Equal(0L, await scene.ScalarAsync<long>("""
            select count(*) from (
              select previous, status, lag(status, 1, 'NOT_INVITED') over (partition by contact_id order by id) as before from invitations.event where contact_id = any($1)) e
            where previous <> before or (previous, status) in (('NOT_INVITED', 'ONBOARDED'), ('ONBOARDED', 'INVITED'))
            """, contacts.ToArray()));
    }

    private sealed class Model(Scene scene, TestContact contact)
    {
        private TestContact now = contact;
        private string? token;
        private string? oldToken;
        private bool expired;
        private bool active = true;
        private bool isInternal;

        public Guid Id => now.Id;

        public string Status { get; private set; } = "NOT_INVITED";

        /// <summary>Null where the mail decides.</summary>
        public string? Detail { get; private set; }

        public async Task RunAsync(string operation)
        {
            await LetMailThroughAsync();
            var pending = Status == "INVITED" && !expired;
            var shut = !active || isInternal;
            switch (operation)
            {
                case "invite":
                    await ExpectAsync("inviteContact", Status == "ONBOARDED" || shut || pending ? "INVITATION_NOT_ALLOWED" : null);
                    break;
                case "inviteMany":
                    var skipped = Status == "ONBOARDED" || shut || pending;
                    var counts = Bulk.CountsOf(await scene.DoneAsync(Bulk.IdOf(await scene.InviteManyAsync([now]))));
                    Assert.Equal((1, 0, skipped ? 0 : 1, skipped ? 1 : 0, 0), counts);
                    await FollowAsync(skipped ? Status : "INVITED", newLink: !skipped);
                    break;
                case "resend":
                    await ExpectAsync("resendInvitation", Status == "ONBOARDED" || shut ? "INVITATION_NOT_ALLOWED" : Status == "NOT_INVITED" ? "NOT_INVITED" : null);
                    break;
                case "revokeInvitation":
                    await ExpectAsync(operation, Status == "INVITED" ? null : "NOT_INVITED", "NOT_INVITED", "INVITATION_REVOKED");
                    break;
                case "revokeAccess":
                    await ExpectAsync("revokePortalAccess", Status == "ONBOARDED" ? null : "NOT_ONBOARDED", "NOT_INVITED", "ACCESS_REVOKED");
                    break;
                case "accept":
                    await AcceptAsync(token, pending && active); // the first time with a new sign-in, later with the one that there is
                    break;
                case "acceptOld":
                    await AcceptAsync(oldToken, false);
                    break;
                case "expire" when Status == "INVITED":
                    await scene.ExecuteAsync("update invitations.invitation set expires_at = now() - interval '1 second' where contact_id = $1", Id);
                    await scene.ExecuteAsync("select invitations.expire()");
                    (expired, Detail) = (true, "EXPIRED");
                    break;
                case "askForNewLink" when token is not null:
                    await scene.AskAsync("mutation ($token: String!) { requestNewInvitation(input: { token: $token }) { accepted } }", new { token });
                    var renewed = Status == "INVITED" && expired && active;
                    await FollowAsync(Status, renewed ? null : Detail, newLink: renewed);
                    break;
                case "changeAddress":
                    now = now with { Email = $"m{Guid.NewGuid():N}@example.com" };
                    await scene.ExecuteAsync("update clients.contact set email = $2, recipient_key = $2, sign_in_key = $2 where id = $1", Id, now.Email!);
                    await FollowAsync(Status == "INVITED" ? "NOT_INVITED" : Status, Status == "INVITED" ? "ADDRESS_CHANGED" : Detail);
                    break;
                case "remove":
                    await scene.ExecuteAsync("delete from clients.contact where id = $1", Id);
                    now = new TestContact(Guid.CreateVersion7(), now.ClientId, now.Email);
                    await scene.ExecuteAsync("insert into clients.contact (id, client_id, name, email, recipient_key, sign_in_key) values ($1, $2, 'Carla again', $3, $3, $3)", Id, now.ClientId, now.Email!);
                    (oldToken, token, expired, Status, Detail) = (token ?? oldToken, null, false, "NOT_INVITED", null);
                    break;
                case "deactivate":
                    active = !active;
                    await scene.ExecuteAsync("update clients.client set status = $2 where id = $1", now.ClientId, active ? "ACTIVE" : "INACTIVE");
                    break;
                case "makeInternal":
                    await MakeInternalAsync(Status == "ONBOARDED" || pending);
                    break;
            }
        }

        // Refused while there is access or a pending invitation; an expired one ends.
        private async Task MakeInternalAsync(bool refused)
        {
            var change = scene.ExecuteAsync("update clients.client set internal = $2 where id = $1", now.ClientId, !isInternal);
            if (!isInternal && refused)
            {
                Assert.Equal("invitation_not_at_internal_client", (await Assert.ThrowsAsync<Npgsql.PostgresException>(() => change)).ConstraintName);
                return;
            }

            await change;
            isInternal = !isInternal;
            if (isInternal && Status == "INVITED")
            {
                await FollowAsync("NOT_INVITED", "EXPIRED");
            }
        }

        public async Task<(string Status, string? Detail)> ActualAsync()
        {
            var invitation = (await scene.AskAsync("query ($id: ID!) { node(id: $id) { ... on Contact { invitation { status detail } } } }", new { id = now.NodeId }, scene.Inviter)).GetProperty("node").GetProperty("invitation");
            return (invitation.GetProperty("status").GetString()!, invitation.GetProperty("detail").GetString());
        }

        private async Task ExpectAsync(string mutation, string? refusal, string status = "INVITED", string? detail = null)
        {
            var payload = await scene.ChangeAsync(mutation, now, scene.Inviter);
            Assert.Equal(refusal, payload.GetProperty("errors").ValueKind == System.Text.Json.JsonValueKind.Null ? null : Scene.CodeOf(payload));
            if (refusal is null)
            {
                await FollowAsync(status, detail, newLink: status == "INVITED");
            }
        }

        private async Task AcceptAsync(string? link, bool works)
        {
            if (link is null)
            {
                return;
            }

            var payload = await scene.AcceptAsync(link);
            Assert.Equal(works, payload.GetProperty("errors").ValueKind == System.Text.Json.JsonValueKind.Null);
            if (works)
            {
                await FollowAsync("ONBOARDED");
            }
        }

        private async Task FollowAsync(string status, string? detail = null, bool newLink = false)
        {
            if (newLink)
            {
                oldToken = token ?? oldToken;
                var link = await scene.ScalarAsync<Guid>("select invitation_id from invitations.invitation where contact_id = $1", Id);
                (token, expired) = (scene.Portal.Services.GetRequiredService<InvitationLinks>().UrlOf(link).Segments[^1], false);
            }
            else if (status != Status)
            {
                (oldToken, token, expired) = (token ?? oldToken, null, false);
            }

            (Status, Detail) = (status, detail ?? (newLink || status != Status ? null : Detail));
        }

        // A day later, so that no mail limit is in the way.
        private async Task LetMailThroughAsync()
        {
            await Scene.EventuallyAsync(() => scene.ScalarAsync<bool>("select not exists (select from mail.outbox where recipient_key = $1 and state in ('QUEUED', 'SENDING'))", now.Key));
            await scene.PassAsync(now, TimeSpan.FromHours(25));
        }
    }
}

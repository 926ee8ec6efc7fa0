using System.Text.Json;
using ClientPortal.Testing;
using static ClientPortal.Clients.Tests.ChangeClientTests;
using static ClientPortal.Clients.Tests.ChangeContactTests;

namespace ClientPortal.Clients.Tests;

[Collection(nameof(Scene))]
public sealed class AccessTests(Scene scene)
{
    [Fact]
    public async Task Only_the_kinds_given_change_and_notify_stays_where_it_is_left_out()
    {
        var contact = await scene.ContactAsync();
        await SetAsync(contact, new { kind = "INVOICE", visibility = "ADDRESSED", notify = true }, new { kind = "EVENT", visibility = "NONE" });

        var changed = await SetAsync(contact, new { kind = "INVOICE", visibility = "ALL" }, new { kind = "TICKET", visibility = "NONE", notify = true });

        Assert.Equal(["INVOICE ALL True", "TICKET NONE True", "EVENT NONE False"], Access(changed).Where(a => !a.EndsWith("ALL False", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Notify_that_is_left_out_stays_as_another_sets_it_at_the_same_instant()
    {
        var contact = await scene.ContactAsync();
        await SetAsync(contact, new { kind = "INVOICE", visibility = "ALL", notify = false });
        await using var other = await scene.Portal.Database.HoldAsync("update clients.visibility set notify = true where contact_id = $1 and kind = 'INVOICE'", contact.Id);
        var setting = SetAsync(contact, new { kind = "INVOICE", visibility = "ADDRESSED" });
        await Eventually.TrueAsync(async () => await scene.Portal.Database.WaitingAsync("portal_staff") > 0);
        Assert.False(setting.IsCompleted);
        await other.CommitAsync();

        Assert.Contains("INVOICE ADDRESSED True", Access(await setting));
    }

    [Fact]
    public async Task A_preset_sets_every_kind_and_what_is_given_beside_it_wins()
    {
        var contact = await scene.ContactAsync();
        await SetAsync(contact, new { kind = "PROJECT", visibility = "ALL", notify = true });
        var presets = (await scene.AskAsync("{ accessPresets { name label access { kind visibility } } }", session: scene.Manager)).GetProperty("accessPresets").EnumerateArray()
            .ToDictionary(p => Text(p, "name"), p => p.GetProperty("access").EnumerateArray().Select(a => $"{Text(a, "kind")} {Text(a, "visibility")}").ToList());
        Assert.Equal(["EVERYTHING", "FINANCE", "PROJECTS_ONLY", "NOTHING"], presets.Keys);

        foreach (var (preset, access) in presets)
        {
            var changed = await scene.ChangedAsync("setContactAccess", new { contactId = contact.NodeId, preset, access = Array.Empty<object>() });
            Assert.Equal(access, Access(changed).Select(a => a[..a.LastIndexOf(' ')]));
            Assert.Equal(["PROJECT"], Access(changed).Where(a => a.EndsWith("True", StringComparison.Ordinal)).Select(a => a.Split(' ')[0])); // who is mailed is no part of it
        }

        var both = await scene.ChangedAsync("setContactAccess", new { contactId = contact.NodeId, preset = "FINANCE", access = new[] { new { kind = "EVENT", visibility = "ADDRESSED" } } });
        Assert.Contains("EVENT ADDRESSED False", Access(both));
        Assert.Contains("INVOICE ALL False", Access(both));
        Assert.Contains("TICKET NONE False", Access(both));
    }

    [Fact]
    public async Task ISO_08_what_staff_set_holds_from_the_next_request_on()
    {
        var contact = await scene.ContactAsync();
        var records = await scene.RecordsAsync(contact.ClientId);
        var session = await scene.OnboardAsync(contact);
        await scene.AddressAsync(contact, "INVOICE", records["invoice"]);
        string[] invoices = [records["invoice"], records["otherInvoice"]];
        Assert.Equal(2, (await scene.VisibleAsync(invoices, session)).Count);

        await SetAsync(contact, new { kind = "INVOICE", visibility = "ADDRESSED" });
        Assert.Equal([records["invoice"]], await scene.VisibleAsync(invoices, session));
        Assert.Equal(1, (await scene.AskAsync("{ portal { invoices { totalCount } } }", session: session)).GetProperty("portal").GetProperty("invoices").GetProperty("totalCount").GetInt32());

        await scene.ExecuteAsync("delete from clients.addressee where contact_id = $1", contact.Id);
        Assert.Empty(await scene.VisibleAsync(invoices, session));

        await SetAsync(contact, new { kind = "INVOICE", visibility = "NONE" });
        await scene.AddressAsync(contact, "INVOICE", records["invoice"]);
        Assert.Empty(await scene.VisibleAsync(invoices, session));
    }

    [Fact]
    public async Task ISO_07_a_record_is_visible_while_it_is_published_even_a_granted_one()
    {
        var contact = await scene.ContactAsync();
        var records = await scene.RecordsAsync(contact.ClientId);
        var session = await scene.OnboardAsync(contact);
        foreach (var (name, publish, withdraw) in new[]
        {
            ("draft", "update billing.invoice set status = 'ISSUED', issued_on = '2026-01-01' where id = $1", "update billing.invoice set status = 'DRAFT' where id = $1"),
            ("submitted", "update projects.ticket set status = 'APPROVED' where id = $1", "update projects.ticket set status = 'SUBMITTED' where id = $1"),
            ("ownEvent", "update calendar.event set shared = true where id = $1", "update calendar.event set shared = false where id = $1"),
        })
        {
            await scene.ChangedAsync("setRecordAccess", new { contactId = contact.NodeId, recordId = records[name], exception = "GRANTED" });
            Assert.Empty(await scene.VisibleAsync([records[name]], session));
            await scene.ExecuteAsync(publish, Scene.IdOf(records[name]));
            Assert.Single(await scene.VisibleAsync([records[name]], session));
            await scene.ExecuteAsync(withdraw, Scene.IdOf(records[name]));
            Assert.Empty(await scene.VisibleAsync([records[name]], session));
        }
    }

    [Theory]
    [InlineData("INVOICE", "invoice")]
    [InlineData("PAYMENT", "payment")]
    [InlineData("TICKET", "ticket")]
    [InlineData("PROJECT", "project")]
    [InlineData("EVENT", "event")]
    public async Task One_record_of_any_kind_is_granted_withheld_and_as_its_kind_again(string kind, string name)
    {
        var contact = await scene.ContactAsync();
        var records = await scene.RecordsAsync(contact.ClientId);
        var session = await scene.OnboardAsync(contact);
        async Task<bool> SeesAsync(string? exception)
        {
            await scene.ChangedAsync("setRecordAccess", new { contactId = contact.NodeId, recordId = records[name], exception });
            return (await scene.VisibleAsync([records[name]], session)).Count == 1;
        }

        Assert.True(await SeesAsync(null));
        Assert.False(await SeesAsync("WITHHELD"));
        Assert.True(await SeesAsync("GRANTED"));
        await SetAsync(contact, new { kind, visibility = "NONE" });
        Assert.True(await SeesAsync("GRANTED"));
        Assert.False(await SeesAsync("WITHHELD"));
        Assert.False(await SeesAsync(null));
    }

    [Fact]
    public async Task A_record_of_another_client_is_not_found()
    {
        var contact = await scene.ContactAsync();
        var ofOther = await scene.RecordsAsync((await scene.ContactAsync()).ClientId);

        foreach (var record in ofOther.Values.Append(contact.NodeId))
        {
            Assert.Equal("NOT_FOUND", Scene.CodeOf(await scene.ChangeAsync("setRecordAccess", new { contactId = contact.NodeId, recordId = record, exception = "GRANTED" }, scene.Manager)));
        }

        Assert.Equal(0L, await scene.ScalarAsync<long>("select count(*) from clients.record_exception where contact_id = $1", contact.Id));
    }

    private Task<JsonElement> SetAsync(TestContact contact, params object[] access) => scene.ChangedAsync("setContactAccess", new { contactId = contact.NodeId, access });
}

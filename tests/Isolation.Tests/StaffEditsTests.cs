using System.Diagnostics;
using System.Text.Json;
using Xunit.Abstractions;

namespace ClientPortal.Isolation.Tests;

[Collection(nameof(OnboardedPortal))]
public sealed class StaffEditsTests(OnboardedPortal shared, ITestOutputHelper output)
{
    private const int Seed = 20261122;
    private const int Edits = 200;

    // All after each edit take three minutes of two cores; else a tenth of them, in turn: everybody twenty times.
    private static readonly int Parts = Environment.GetEnvironmentVariable("ISO_04_EVERYBODY") is null ? 10 : 1;

    [Fact]
    public async Task ISO_04_after_every_edit_of_200_everybody_sees_what_the_model_says()
    {
        var portal = new OnboardedPortal(shared.Fixture);
        try
        {
            await portal.InitializeAsync();
            output.WriteLine($"seed {Seed}");
            await EditAsync(portal, new Random(Seed));
        }
        finally
        {
            await portal.DisposeAsync();
        }
    }

    private async Task EditAsync(OnboardedPortal portal, Random random)
    {
        var rows = portal.Folder.Contacts.Where(c => c["email"].Length > 0).ToLookup(c => (c["client_number"], c["email"], c["name"]));
        var rights = portal.Contacts.ToDictionary(s => s, s => Rights.Of(portal.Folder, rows[(s.ClientNumber, s.Email, s.Name)].First()));
        var edits = new StaffEdits(portal, rights, random);
        // Few enough that edits meet one another.
        var clients = rights.Where(r => r.Value.ClientIsActive && r.Key.ClientNumber != "C-00002").Select(r => r.Key.ClientNumber).Distinct().Where((_, n) => n % 12 == 0).ToList();
        var watch = Stopwatch.StartNew();
        var (compared, explained) = (0, 0);
        await using var everybody = new EverybodysRows(portal);
        foreach (var somebody in portal.Contacts)
        {
            everybody.Expect(somebody, rights[somebody]);
        }

        for (var n = 0; n < Edits; n++)
        {
            var client = clients[random.Next(clients.Count)];
            var edit = await edits.MakeAsync(client);
            await ExplainAsync(client, $"edit {n} ({edit})");
            foreach (var somebody in portal.Contacts.Where(s => s.ClientNumber == client))
            {
                everybody.Expect(somebody, rights[somebody]);
                await CompareAsync(somebody, $"edit {n} ({edit})");
                compared++;
            }

            var differing = await everybody.DifferingAsync(n, Parts);
            Assert.True(differing.Count == 0, $"After edit {n} ({edit}), these get other rows than the model says: {string.Join(", ", differing)}");
        }

        output.WriteLine($"{Edits} times {portal.Contacts.Count / Parts} of {portal.Contacts.Count} contacts, {compared} contacts of the clients edited compared throughout and {explained} pairs of contact and record explained in {watch.Elapsed.TotalSeconds:0} s");
        Assert.Contains(rights.Values, r => !r.Onboarded);
        Assert.Contains(rights.Values, r => r.Granted.Count > 0 && r.Withheld.Count > 0);
        foreach (var somebody in portal.Contacts)
        {
            await CompareAsync(somebody, "the last edit");
        }

        async Task ExplainAsync(string client, string after)
        {
            var contacts = portal.Contacts.Where(s => s.ClientNumber == client).ToList();
            var records = portal.Folder.RecordsOf(client).ToList();
            var visible = await portal.ExplainedAsync([.. contacts.Select(c => c.ContactId)], records);
            foreach (var somebody in contacts)
            {
                var expected = Expected.Of(portal.Folder, client, rights[somebody], DateOnly.FromDateTime(DateTime.UtcNow));
                Assert.True(Expected.Sorted(expected.Everything).SequenceEqual(Expected.Sorted(visible[somebody.ContactId])), $"After {after}, the explanations of {somebody.Name} ({somebody.ContactId}) differ: {string.Join(", ", visible[somebody.ContactId])}");
                explained += records.Count;
            }
        }

        async Task CompareAsync(Somebody somebody, string after)
        {
            var expected = Expected.Of(portal.Folder, somebody.ClientNumber, rights[somebody], DateOnly.FromDateTime(DateTime.UtcNow));
            try
            {
                var signedOut = portal.Contacts.Where(c => c.Secret == somebody.Secret).All(c => !rights[c].Onboarded);
                await (rights[somebody].HasPortal
                    ? portal.AssertShowsAsync(expected, somebody, portal.ClientIds[somebody.ClientNumber])
                    : portal.AssertClosedAsync(somebody, portal.ClientIds[somebody.ClientNumber], signedOut));
                if (signedOut)
                {
                    return;
                }

                var asked = portal.Folder.RecordsOf(somebody.ClientNumber).Take(100).ToList();
                var nodes = (await portal.DataAsync("query($ids: [ID!]!) { nodes(ids: $ids) { id } }", new { ids = asked.Select(portal.Records.IdOf) }, somebody.Secret)).GetProperty("nodes");
                Assert.Equal(asked.Intersect(expected.Everything), nodes.EnumerateArray().Where(v => v.ValueKind != JsonValueKind.Null).Select(v => portal.Records.NameOf(v.GetProperty("id").GetString()!))); // ids are never null
            }
            catch (Xunit.Sdk.XunitException difference)
            {
                throw new Xunit.Sdk.XunitException($"After {after}, {somebody.Name} ({somebody.ContactId}): {difference.Message}");
            }
        }
    }
}

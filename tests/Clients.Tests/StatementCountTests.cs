using System.Diagnostics;

namespace ClientPortal.Clients.Tests;

[Collection(nameof(Scene))]
public sealed class StatementCountTests(Scene scene)
{
    [Fact]
    public async Task Explaining_and_auditing_many_takes_as_many_statements_as_one()
    {
        var contacts = new List<TestContact> { await scene.ContactAsync() };
        for (var i = 0; i < 30; i++)
        {
            contacts.Add(await scene.ContactAsync(ofClient: contacts[0].ClientId));
        }

        var records = await scene.RecordsAsync(contacts[0].ClientId);
        Task ExplainAsync(int count) => scene.AskAsync(
            "query ($ids: [ID!]!, $record: ID!) { nodes(ids: $ids) { ... on Contact { explainAccess(recordId: $record) { visible } access { kind } } } }",
            new { ids = contacts.Take(count).Select(c => c.NodeId), record = records["payment"] }, scene.OtherStaff);
        Task AuditAsync(int count) => scene.AskAsync(
            "query ($count: Int!) { auditEvents(first: $count, filter: { action: \"CONTACT_CREATED\" }) { nodes { summary subject { id } } } }", new { count }, scene.OtherStaff);

        Assert.Equal(3, await CountAsync(() => ExplainAsync(1))); // the contacts, the explanations, the settings
        Assert.Equal(3, await CountAsync(() => ExplainAsync(31)));
        Assert.Equal(2, await CountAsync(() => AuditAsync(1))); // the events, their subjects
        Assert.Equal(2, await CountAsync(() => AuditAsync(30)));
    }

    // Statements that carry who is asking: those of this test's requests, not of the host's workers.
    private static async Task<int> CountAsync(Func<Task> ask)
    {
        var statements = 0;
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                if ((activity.GetTagItem("db.query.text") as string ?? activity.GetTagItem("db.statement") as string)?.Contains("ctx.ask(", StringComparison.Ordinal) == true)
                {
                    Interlocked.Increment(ref statements);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        await ask();
        return statements;
    }
}

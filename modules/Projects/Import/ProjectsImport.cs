using ClientPortal.Platform.Import;

namespace ClientPortal.Projects.Import;

/// <summary>projects.csv. A project is known by its code, the column id.</summary>
internal sealed class ProjectsImport : IImportStep
{
    private const string KnownProjects = "select p.code, p.id, p.client_id from projects.project p where p.code = any ($1)";

    public async Task RunAsync(ImportContext context, CancellationToken cancellationToken)
    {
        var file = context.Open("projects.csv", "id", "client_number", "name", "status", "progress", "starts_on", "due_on", "budget", "internal_note");
        var known = context.Know<KnownProject>(file, "a project", KnownProjects, static (reader, _) => new KnownProject(reader.GetGuid(1), reader.GetGuid(2)));
        var clients = context.Known<KnownClient>();
        await known.LoadAsync(file.Values("id", cancellationToken), cancellationToken);
        await clients.LoadAsync(file.Values("client_number", cancellationToken), cancellationToken);

        var projects = context.NewRows(
            "projects.project", "id", "client_id", "code", "name", "status", "progress", "starts_on", "due_on", "currency", "internal_budget", "internal_note");
        foreach (var row in file.Rows(cancellationToken))
        {
            var code = row.Key("id", 60);
            var earlier = known.Find(code);
            var client = row.Reference("client_number", clients);
            var name = row.Text("name", 200);
            var status = row.Choice("status", "planned", "active", "on_hold", "completed", "cancelled");
            var progress = row.WholeNumber("progress", 0, 100);
            var startsOn = row.OptionalDate("starts_on");
            var dueOn = row.OptionalDate("due_on");
            var budget = row.OptionalAmount("budget", earlier is null ? client?.Currency : null);
            var note = row.Note("internal_note", 10_000);
            if (dueOn < startsOn)
            {
                row.Fail("due_on", "is before starts_on; expected the same day or a later one");
            }

            if (earlier is not null && client is not null && earlier.ClientId != client.Id)
            {
                row.Fail("client_number", $"project {code} belongs to another client of the portal; expected that one");
            }

            if (!row.IsValid || client is null)
            {
                known.Add(code, null);
            }
            else if (earlier is not null)
            {
                file.Present++;
            }
            else
            {
                var project = new KnownProject(Guid.CreateVersion7(), client.Id);
                known.Add(code, project);
                await projects.AddAsync([project.Id, client.Id, code, name, status, progress, startsOn, dueOn, client.Currency, budget, note], cancellationToken);
                file.Added++;
            }
        }

        await projects.InsertAsync(cancellationToken);
    }
}

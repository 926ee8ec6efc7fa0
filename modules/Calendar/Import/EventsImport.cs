using System.Runtime.InteropServices;
using ClientPortal.Platform.Import;
using Npgsql;
using NpgsqlTypes;

namespace ClientPortal.Calendar.Import;

/// <summary>events.csv. Events have no key: one is known by its whole row, and where several are alike, as many as the file has are there in the end.</summary>
internal sealed class EventsImport : IImportStep
{
    private readonly record struct Event(Guid Client, Guid? Project, string Kind, string Title, DateTime StartsAt, DateTime EndsAt, bool AllDay, bool Shared);

    private const string KnownEvents =
        """
        select e.client_id, e.project_id, e.kind, e.title, e.starts_at, e.ends_at, e.all_day, e.shared, count(*)
        from calendar.event e where e.client_id = any ($1) group by 1, 2, 3, 4, 5, 6, 7, 8
        """;

    public async Task RunAsync(ImportContext context, CancellationToken cancellationToken)
    {
        var file = context.Open("events.csv", "client_number", "project", "kind", "title", "starts_at", "ends_at", "all_day", "shared");
        var clients = context.Known<KnownClient>();
        var projects = context.Known<KnownProject>();
        var numbers = file.Values("client_number", cancellationToken);
        await clients.LoadAsync(numbers, cancellationToken);
        await projects.LoadAsync(file.Values("project", cancellationToken), cancellationToken);
        var present = await LoadAsync(context.Connection, [.. numbers.Select(clients.Find).OfType<KnownClient>().Select(c => c.Id)], cancellationToken);

        var events = context.NewRows("calendar.event", "id", "client_id", "project_id", "kind", "title", "starts_at", "ends_at", "all_day", "shared");
        foreach (var row in file.Rows(cancellationToken))
        {
            var client = row.Reference("client_number", clients);
            var project = row["project"].Length == 0 ? null : row.Reference("project", projects);
            var kind = row.Choice("kind", "meeting", "milestone", "deadline", "other");
            var title = row.Text("title", 300);
            var startsAt = row.Instant("starts_at");
            var endsAt = row.Instant("ends_at");
            var allDay = row.Flag("all_day");
            var shared = row.Flag("shared");
            if (endsAt < startsAt && row.IsValid)
            {
                row.Fail("ends_at", "is before starts_at; expected the same time or a later one");
            }

            if (project is not null && client is not null && project.ClientId != client.Id)
            {
                row.Fail("project", $"{row["project"]} is another client's; expected a project of {row["client_number"]}");
            }

            if (!row.IsValid || client is null)
            {
                continue;
            }

            ref var left = ref CollectionsMarshal.GetValueRefOrAddDefault(
                present, new Event(client.Id, project?.Id, kind, title, startsAt, endsAt, allDay, shared), out _);
            if (left > 0)
            {
                left--;
                file.Present++;
                continue;
            }

            await events.AddAsync([Guid.CreateVersion7(), client.Id, project?.Id, kind, title, startsAt, endsAt, allDay, shared], cancellationToken);
            file.Added++;
        }

        await events.InsertAsync(cancellationToken);
    }

    private static async Task<Dictionary<Event, long>> LoadAsync(NpgsqlConnection connection, Guid[] clients, CancellationToken cancellationToken)
    {
        var present = new Dictionary<Event, long>();
        await using var command = new NpgsqlCommand(KnownEvents, connection);
        command.Parameters.Add(new NpgsqlParameter { Value = clients, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var project = await reader.IsDBNullAsync(1, cancellationToken) ? (Guid?)null : reader.GetGuid(1);
            var found = new Event(
                reader.GetGuid(0), project, reader.GetString(2), reader.GetString(3), reader.GetDateTime(4), reader.GetDateTime(5), reader.GetBoolean(6), reader.GetBoolean(7));
            present.Add(found, reader.GetInt64(8));
        }

        return present;
    }
}

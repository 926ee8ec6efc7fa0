using ClientPortal.Platform.Asking;
using ClientPortal.Platform.Database;

namespace ClientPortal.Invitations;

/// <summary>What staff may do, as one text: who may do the same is told the same, so events are executed once for all of them.</summary>
internal static class StaffRights
{
    /// <summary>What the asker could do when the request began.</summary>
    public static string Of(Asker? asker) => string.Join(',', Stored.Texts([.. asker?.Permissions ?? new HashSet<Permission>()]).Order(StringComparer.Ordinal));

    /// <summary>By token, what the sessions that may invite contacts can do at this moment: one statement for all of them. The others are missing.</summary>
    public static async Task<Dictionary<string, string>> OfInvitersAsync(DataSources sources, IEnumerable<string> tokens, CancellationToken cancellationToken)
    {
        var rights = await sources.QueryAsync(DbRole.Staff, $"select * from ctx.staff_rights({tokens.ToArray()}, 'CLIENTS_INVITE')", r => (Token: r.GetString(0), Rights: r.GetString(1)), cancellationToken);
        return rights.ToDictionary(r => r.Token, r => r.Rights, StringComparer.Ordinal);
    }
}

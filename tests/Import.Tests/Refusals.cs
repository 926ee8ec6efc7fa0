using ClientPortal.Platform.Import;
using ClientPortal.Testing;

namespace ClientPortal.Import.Tests;

/// <summary>Folders that must be refused share one database, which has to be empty after each.</summary>
internal static class Refusals
{
    private static TestDatabase? database;

    public static async Task<ImportResult> RefusedAsync(this PortalFixture fixture, ImportFolder folder)
    {
        database ??= await fixture.CreateDatabaseAsync();
        var result = await database.ImportAsync(folder);
        await database.AssertEmptyAsync();
        return result;
    }
}

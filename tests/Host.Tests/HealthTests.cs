using System.Net;
using ClientPortal.Host.Health;
using ClientPortal.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace ClientPortal.Host.Tests;

[Collection(nameof(PortalFixture))]
public sealed class HealthTests(PortalFixture fixture)
{
    [Fact]
    public async Task A_host_is_ready_as_long_as_its_database_is()
    {
        await using var portal = await fixture.StartPortalAsync();
        await IsReadyAsync(portal);

        await portal.Database.ExecuteFromOutsideAsync($"alter database {portal.Database.Name} allow_connections false");
        await portal.Database.ExecuteFromOutsideAsync($"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{portal.Database.Name}'");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(portal, "ready"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(portal, "live"));

        await portal.Database.ExecuteFromOutsideAsync($"alter database {portal.Database.Name} allow_connections true");
        await IsReadyAsync(portal);
    }

    [Fact]
    public async Task A_database_that_is_weakened_while_the_host_serves_takes_it_out_until_it_is_mended()
    {
        await using var portal = await fixture.StartPortalAsync();
        var watch = portal.Services.GetRequiredService<HygieneWatch>();

        await portal.Database.ExecuteAsync("create table mail.hole (client_id uuid)");
        await watch.LookAsync(CancellationToken.None);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(portal, "ready"));

        await portal.Database.ExecuteAsync("drop table mail.hole");
        await watch.LookAsync(CancellationToken.None);
        await IsReadyAsync(portal);
    }

    [Fact]
    public async Task A_host_is_not_ready_when_a_migration_is_missing_and_ready_when_the_database_is_ahead()
    {
        await using var portal = await fixture.StartPortalAsync();

        await portal.Database.ExecuteAsync("insert into platform.migration (module, file, sha256) values ('Later', '0001_tables.sql', '')");
        await IsReadyAsync(portal);

        await portal.Database.ExecuteAsync("delete from platform.migration where file = '0002_mail.sql'");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(portal, "ready"));
    }

    // Within three seconds, or it says that it is not: a busy machine may take longer once.
    private static Task IsReadyAsync(TestPortal portal) => Eventually.TrueAsync(async () => await StatusAsync(portal, "ready") == HttpStatusCode.OK);

    private static async Task<HttpStatusCode> StatusAsync(TestPortal portal, string question)
    {
        using var response = await portal.Http.GetAsync(new Uri($"healthz/{question}", UriKind.Relative));
        return response.StatusCode;
    }
}

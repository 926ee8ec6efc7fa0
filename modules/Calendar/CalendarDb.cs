using ClientPortal.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace ClientPortal.Calendar;

internal sealed class CalendarDb(DbContextOptions<CalendarDb> options) : PortalDb(options)
{
    public DbSet<Event> Events => Set<Event>();

    public DbSet<EventForStaff> EventsForStaff => Set<EventForStaff>();

    protected override string Schema => "calendar";

    protected override void MapEntities(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Event>().ToView("event_list");
        modelBuilder.Entity<EventForStaff>().ToView("event");
    }
}

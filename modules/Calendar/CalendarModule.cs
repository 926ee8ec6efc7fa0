using ClientPortal.Calendar.Import;
using ClientPortal.Platform;
using ClientPortal.Platform.Import;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ClientPortal.Calendar;

public sealed class CalendarModule : IModule
{
    public string Name => "Calendar";

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<IImportStep, EventsImport>();
    }
}

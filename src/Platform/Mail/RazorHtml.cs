using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Logging;

namespace ClientPortal.Platform.Mail;

/// <summary>
/// Renders a Razor component to HTML: mails and plain pages. What stands in it as text is escaped. The component takes what it
/// shows with <c>@inject</c>, because a parameter's type would have to be public.
/// </summary>
public sealed class RazorHtml(IServiceProvider services, ILoggerFactory loggers)
{
    /// <summary>The component, showing the model.</summary>
    public async Task<string> RenderAsync<TComponent>(object model)
        where TComponent : IComponent
    {
        await using var renderer = new HtmlRenderer(new WithModel(services, model), loggers);
        return await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<TComponent>()).ToHtmlString());
    }

    private sealed class WithModel(IServiceProvider services, object model) : IServiceProvider
    {
        public object? GetService(Type serviceType) => serviceType == model.GetType() ? model : services.GetService(serviceType);
    }
}

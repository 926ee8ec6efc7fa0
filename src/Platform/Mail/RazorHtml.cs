using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Logging;

namespace ClientPortal.Platform.Mail;

/// <summary>Renders a Razor component to HTML: mails and plain pages. What stands in it as text is escaped.</summary>
public sealed class RazorHtml(IServiceProvider services, ILoggerFactory loggers)
{
    /// <summary>The component with these parameters.</summary>
    public async Task<string> RenderAsync<TComponent>(IDictionary<string, object?> parameters)
        where TComponent : IComponent
    {
        await using var renderer = new HtmlRenderer(services, loggers);
        return await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<TComponent>(ParameterView.FromDictionary(parameters))).ToHtmlString());
    }
}

using ClientPortal.Platform;

namespace ClientPortal.Host;

/// <summary>What somebody who tries the portal out wants to know: where it is, how to sign in, where the mail goes.</summary>
internal static class StartupBanner
{
    public static void Write(ServingHost host, TextWriter output)
    {
        var options = host.App.Services.GetRequiredService<PortalOptions>();
        if (!host.App.Environment.IsDevelopment())
        {
            return; // in production the log says it
        }

        output.WriteLine();
        output.WriteLine($"  ClientPortal   {options.PublicUrl}");
        output.WriteLine($"  GraphQL        {new Uri(options.PublicUrl, "graphql")}");
        if (options is { Demo: true, FirstStaff: { } staff })
        {
            output.WriteLine($"  Staff sign-in  {staff.Email}  {staff.Password}");
        }

        output.WriteLine(host.Mail is { } smtp
            ? $"  Mail           goes to {smtp.Host}:{smtp.Port}"
            : $"  Mail           {new Uri(options.PublicUrl, "dev/mail")}");
        if (options.DataFolder is { } folder)
        {
            output.WriteLine($"  Data           {folder}");
        }

        output.WriteLine("  Ctrl+C stops it.");
        output.WriteLine();
    }
}

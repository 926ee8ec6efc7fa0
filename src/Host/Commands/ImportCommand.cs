using ClientPortal.Host.Configuration;
using ClientPortal.Host.Import;
using ClientPortal.Platform;
using ClientPortal.Platform.Import;

namespace ClientPortal.Host.Commands;

/// <summary><c>import FOLDER</c>: loads a folder of CSV files, all of it or nothing. Bad rows are listed on stderr, and the exit code is 2.</summary>
internal static class ImportCommand
{
    public static async Task<int> RunAsync(string folder, string[] settings, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder))
        {
            throw new FatalException($"There is no folder {folder} to import from.");
        }

        var builder = PortalConfiguration.CreateBuilder(settings, given: null);
        await using var database = await PortalDatabase.OpenAsync(builder.Configuration, builder.Environment, cancellationToken);
        await using var services = Steps(builder.Configuration);
        var bar = ProgressBar.OnTerminal();
        ImportResult result;
        try
        {
            result = await FolderImport.RunAsync(builder.Configuration, services.GetServices<IImportStep>(), folder, bar, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("Stopped; nothing was written.");
            throw;
        }
        finally
        {
            bar?.Clear();
        }

        return result.ErrorCount == 0 ? Summarize(result) : Refuse(result);
    }

    // Only the modules' import steps are asked for; nothing of the serving host is started.
    private static ServiceProvider Steps(ConfigurationManager configuration)
    {
        var services = new ServiceCollection();
        foreach (var module in Modules.All)
        {
            module.AddServices(services, configuration);
        }

        return services.BuildServiceProvider();
    }

    private static int Summarize(ImportResult result)
    {
        foreach (var file in result.Files)
        {
            Console.WriteLine($"{file.Name,-20}{file.Added,9} added{file.Present,9} already there");
        }

        return 0;
    }

    private static int Refuse(ImportResult result)
    {
        foreach (var error in result.Errors)
        {
            Console.Error.WriteLine(error);
        }

        if (result.ErrorCount > result.Errors.Count)
        {
            Console.Error.WriteLine($"and {result.ErrorCount - result.Errors.Count} more");
        }

        Console.Error.WriteLine("Nothing was written.");
        return CommandLine.FatalExitCode;
    }
}

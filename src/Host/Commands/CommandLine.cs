using ClientPortal.Platform;

namespace ClientPortal.Host.Commands;

/// <summary>What the host was asked to do: a command with its operands, and settings as <c>--Key=value</c>.</summary>
internal sealed record CommandLine(string? Command, IReadOnlyList<string> Operands, string[] Settings)
{
    public const int FatalExitCode = 2;
    private const int StoppedExitCode = 130;

    /// <summary>Runs the command. The exit code is 0, 1 when a check found something, 2 with one line on stderr when the operator has to mend something first.</summary>
    public static async Task<int> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        try
        {
            return await Parse(args).RunAsync(cancellationToken);
        }
        catch (Exception exception) when (exception.GetBaseException() is FatalException fatal) // wrapped when thrown while services are made
        {
            await Console.Error.WriteLineAsync(fatal.Message);
            return FatalExitCode;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return StoppedExitCode; // stopped before it was up
        }
    }

    internal static CommandLine Parse(string[] args)
    {
        var words = args.Where(arg => !arg.StartsWith("--", StringComparison.Ordinal)).ToArray();
        var settings = args.Where(arg => arg.StartsWith("--", StringComparison.Ordinal)).ToArray();
        return settings.FirstOrDefault(setting => !setting.Contains('=', StringComparison.Ordinal)) is { } malformed
            ? throw new FatalException($"Unknown option {malformed}: settings are given as --Section:Key=value.")
            : new CommandLine(words.FirstOrDefault(), [.. words.Skip(1)], settings);
    }

    private Task<int> RunAsync(CancellationToken cancellationToken) => (Command, Operands) switch
    {
        (null, []) => ServeCommand.RunAsync(Settings, cancellationToken),
        ("schema", []) => SchemaCommand.RunAsync(),
        ("migrate", []) => MigrateCommand.RunAsync(Settings, cancellationToken),
        ("check", []) => CheckCommand.RunAsync(withOracle: false, Settings, cancellationToken),
        ("check", ["oracle"]) => CheckCommand.RunAsync(withOracle: true, Settings, cancellationToken),
        ("import", [var folder]) => ImportCommand.RunAsync(folder, Settings, cancellationToken),
        ("import", _) => throw new FatalException("import takes one operand: the folder with the CSV files."),
        ("migrate" or "check" or "schema", _) => throw new FatalException($"{Command} takes no operand: {Operands[0]}"),
        _ => throw new FatalException($"Unknown command {Command}. Without a command the host serves; commands are: migrate, import FOLDER, check [oracle], schema."),
    };
}

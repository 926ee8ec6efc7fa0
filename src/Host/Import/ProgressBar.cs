using ClientPortal.Platform.Import;

namespace ClientPortal.Host.Import;

/// <summary>One line on a terminal that shows how much of the files is read.</summary>
internal sealed class ProgressBar : IProgress<ImportProgress>
{
    private const int Width = 30;
    private string _shown = "";

    /// <summary>A bar on stderr, or nothing when stderr is no terminal.</summary>
    public static ProgressBar? OnTerminal() => Console.IsErrorRedirected ? null : new ProgressBar();

    public void Report(ImportProgress value)
    {
        var filled = (int)(value.Fraction * Width);
        Show($"[{new string('#', filled)}{new string(' ', Width - filled)}] {value.Fraction,4:P0} {value.File}");
    }

    public void Clear() => Show("");

    private void Show(string line)
    {
        if (line != _shown)
        {
            Console.Error.Write($"\r{line.PadRight(_shown.Length)}{(line.Length == 0 ? "\r" : "")}");
            _shown = line;
        }
    }
}

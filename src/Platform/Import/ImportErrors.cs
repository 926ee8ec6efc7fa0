namespace ClientPortal.Platform.Import;

/// <summary>What is wrong with the files: all of it is counted, the first hundred in reading order are kept.</summary>
internal sealed class ImportErrors
{
    internal const int Listed = 100;

    private readonly record struct Place(int File, int Line, int Sequence);

    // The last one is on top, so the queue never holds more than will be shown.
    private readonly PriorityQueue<(Place Place, string Text), Place> _first = new(Comparer<Place>.Create(static (a, b) =>
        (b.File, b.Line, b.Sequence).CompareTo((a.File, a.Line, a.Sequence))));

    internal int Count { get; private set; }

    internal void Add(int order, string file, int line, string? column, string what)
    {
        var place = new Place(order, line, Count++);
        var where = column is null ? line == 0 ? file : $"{file}, line {line}" : $"{file}, line {line}, column {column}";
        _first.Enqueue((place, $"{where}: {what}"), place);
        if (_first.Count > Listed)
        {
            _first.Dequeue();
        }
    }

    internal IReadOnlyList<string> InOrder() =>
        [.. _first.UnorderedItems.Select(e => e.Element).OrderBy(e => (e.Place.File, e.Place.Line, e.Place.Sequence)).Select(e => e.Text)];
}

namespace ClientPortal.GraphQL.Execution;

/// <summary>Documents by their text, the least recently used leaving when texts and plans exceed a number of bytes. Refused documents are kept too: asking again must not cost more.</summary>
internal sealed class DocumentCache(long capacity)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedListNode<CachedDocument>> _byText = new(StringComparer.Ordinal);
    private readonly LinkedList<CachedDocument> _byUse = new();
    private long _size;

    public CachedDocument? Find(string text)
    {
        lock (_lock)
        {
            if (!_byText.TryGetValue(text, out var node))
            {
                return null;
            }

            if (node != _byUse.First)
            {
                _byUse.Remove(node);
                _byUse.AddFirst(node);
            }

            return node.Value;
        }
    }

    public void Add(CachedDocument document)
    {
        if (document.Size > capacity)
        {
            return;
        }

        lock (_lock)
        {
            if (!_byText.TryAdd(document.Text, new LinkedListNode<CachedDocument>(document)))
            {
                return;
            }

            _byUse.AddFirst(_byText[document.Text]);
            Count(document);
        }
    }

    /// <summary>To be told after each run: plans are made while a document runs, and a short one can have many.</summary>
    public void Weigh(CachedDocument document)
    {
        if (document.Size == document.CountedSize)
        {
            return;
        }

        lock (_lock)
        {
            if (_byText.TryGetValue(document.Text, out var node) && node.Value == document)
            {
                Count(document);
            }
        }
    }

    private void Count(CachedDocument document)
    {
        _size -= document.CountedSize;
        _size += document.CountedSize = document.Size;
        while (_size > capacity)
        {
            var last = _byUse.Last!;
            _byUse.RemoveLast();
            _byText.Remove(last.Value.Text);
            _size -= last.Value.CountedSize;
        }
    }
}

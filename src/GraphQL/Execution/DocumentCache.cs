namespace ClientPortal.GraphQL.Execution;

/// <summary>Documents by their text, the least recently used leaving when the texts exceed a number of bytes. Refused documents are kept too: asking again must not cost more.</summary>
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
        var size = SizeOf(document);
        if (size > capacity)
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
            _size += size;
            while (_size > capacity)
            {
                var last = _byUse.Last!;
                _byUse.RemoveLast();
                _byText.Remove(last.Value.Text);
                _size -= SizeOf(last.Value);
            }
        }
    }

    // The tree and its plans take some ten times the text's UTF-16; the constant is for small documents.
    private static long SizeOf(CachedDocument document) => 1_000 + (document.Text.Length * 2);
}

using System.Text;

namespace ClientPortal.GraphQL.Language;

/// <summary>
/// Gives the same string for the same name, so that a document that says <c>id</c> fifty times allocates it once.
/// Direct-mapped: names that collide merely take turns, so no choice of names makes it slow.
/// </summary>
internal sealed class NameTable
{
    private readonly string?[] _names = new string?[128];

    public string Get(ReadOnlySpan<byte> name)
    {
        var hash = 0;
        foreach (var b in name)
        {
            hash = (hash * 31) + b;
        }

        ref var slot = ref _names[hash & 127];
        if (slot is null || !Ascii.Equals(name, slot))
        {
            slot = Encoding.ASCII.GetString(name);
        }

        return slot;
    }
}

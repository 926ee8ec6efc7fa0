namespace ClientPortal.GraphQL.Tests.Building;

public sealed class NodeIdTests
{
    [Fact]
    public void An_id_reads_back_as_it_was()
    {
        // Every value of the last byte, which shares its character with the spare bits, and of the first, which stands beside the type's name.
        foreach (var id in Enumerable.Range(0, 256).SelectMany(b => new[] { Id("Client", 15, (byte)b), Id("Client", 0, (byte)b), Id("Invoice", 15, (byte)b), Id("Clients", 0, (byte)b), Id("_Client1", 15, (byte)b) }))
        {
            Assert.True(NodeId.TryParse(id.ToString(), out var read));
            Assert.Equal(id, read);
        }
    }

    [Theory] // of the three lengths that a text can have beyond whole groups of four
    [InlineData("Client", 2)]
    [InlineData("Clients", 0)]
    [InlineData("Invoice1", 1)]
    public void No_other_text_is_taken_for_the_same_id(string type, int beyond)
    {
        Assert.Equal(beyond, (type.Length + 17) % 3);
        foreach (var last in Enumerable.Range(0, 256))
        {
            var text = Id(type, 15, (byte)last).ToString();
            AssertOthers(text, [.. Enumerable.Range(0, 128).Select(c => text[..^1] + (char)c), text + "=", text + "==", text[..^1], text.ToUpperInvariant(), text.ToLowerInvariant()]);
        }

        var one = Id(type, 7, 0xfb).ToString();
        var characters = Enumerable.Range(0, type == "Client" ? char.MaxValue + 1 : 256);
        for (var at = 0; at <= one.Length; at++)
        {
            AssertOthers(one, characters.Select(c => one.Insert(at, ((char)c).ToString())));
            AssertOthers(one, at == one.Length ? [] : characters.Select(c => one[..at] + (char)c + one[(at + 1)..]).Append(one.Remove(at, 1)));
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("=")]
    [InlineData("\ud800")]
    [InlineData("OgAAAAAAAAAAAAAAAAAAAAA")] // no type
    [InlineData("w6k6AAAAAAAAAAAAAAAAAAAAAA")] // a type that is no name
    public void Text_that_is_no_id_names_nothing(string? text)
    {
        Assert.False(NodeId.TryParse(text, out var read));
        Assert.Equal(NodeId.Nothing, read);
    }

    [Fact]
    public void A_text_that_is_too_long_is_not_even_decoded() => Assert.False(NodeId.TryParse(new NodeId(new string('A', 200), Guid.Empty).ToString(), out _));

    private static void AssertOthers(string text, IEnumerable<string> others)
    {
        Assert.True(NodeId.TryParse(text, out var id));
        foreach (var other in others.Where(o => o != text))
        {
            // Another id's own text at most.
            if (NodeId.TryParse(other, out var read) && (read == id || read.ToString() != other))
            {
                Assert.Fail($"{string.Join(' ', other.Select(c => $"{(int)c:x4}"))} reads as {read}, as does {text}");
            }
        }
    }

    private static NodeId Id(string type, int at, byte value)
    {
        var bytes = Convert.FromHexString("0123456789abcdeffedcba9876543210");
        bytes[at] = value;
        return new NodeId(type, new Guid(bytes, bigEndian: true));
    }
}

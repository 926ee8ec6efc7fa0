namespace ClientPortal.GraphQL.Tests.Building;

public sealed class NodeIdTests
{
    [Fact]
    public void An_id_reads_back_as_it_was()
    {
        var id = new NodeId("Client", Guid.CreateVersion7());
        Assert.True(NodeId.TryParse(id.ToString(), out var read));
        Assert.Equal(id, read);
    }

    [Fact]
    public void No_other_text_is_taken_for_the_same_id()
    {
        var text = NodeId.Encode("Client", Guid.CreateVersion7());
        foreach (var other in new[] { text + "=", text + " ", " " + text, text[..^1], text + "A", text.ToUpperInvariant(), Twist(text), "", null!, new string('A', 5000), "\ud800" })
        {
            Assert.False(NodeId.TryParse(other, out var read) && read.TypeName == "Client" && other.Length == text.Length && other != text, other);
            Assert.True(!NodeId.TryParse(other, out read) || read.ToString() == other, other);
        }
    }

    // The last character's spare bits must be zero.
    private static string Twist(string text) => text[..^1] + (char)(text[^1] + 1);
}

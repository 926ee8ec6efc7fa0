using System.Net.WebSockets;
using System.Text;
using ClientPortal.GraphQL.Execution;
using ClientPortal.GraphQL.Transport;

namespace ClientPortal.GraphQL.Tests.Transport;

/// <summary>Frames that we write ourselves, as a WebSocket of the framework reads them.</summary>
public sealed class SocketFrameTests
{
    private const string Around = """{"type":""}""";

    [Fact]
    public async Task Messages_of_every_length_that_go_out_together_are_read_one_by_one()
    {
        int[] lengths = [Around.Length, 125, 126, 127, 40, 65_535, 65_536, 65_537, 200_000, 20];
        var frames = JsonOutput.Rent();
        foreach (var length in lengths)
        {
            SocketMessages.Append(frames, new SocketMessage(Type(length)));
        }

        using var socket = WebSocket.CreateFromStream(new MemoryStream(frames.WrittenMemory.ToArray()), new WebSocketCreationOptions());
        foreach (var length in lengths)
        {
            Assert.Equal($$"""{"type":"{{Type(length)}}"}""", await ReadAsync(socket));
        }
    }

    private static string Type(int length) => new((char)('a' + (length % 26)), length - Around.Length);

    private static async Task<string> ReadAsync(WebSocket socket)
    {
        using var message = new MemoryStream();
        var buffer = new byte[4096];
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
            Assert.Equal(WebSocketMessageType.Text, received.MessageType);
            message.Write(buffer, 0, received.Count);
            if (received.EndOfMessage)
            {
                return Encoding.UTF8.GetString(message.ToArray());
            }
        }
    }
}

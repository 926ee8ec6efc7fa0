using System.Buffers;
using System.Text;

namespace ClientPortal.GraphQL.Execution;

/// <summary>A response (section 7): data and errors, or a stream of responses.</summary>
public sealed class GraphQLResult
{
    private readonly ResultObject? _data;
    private readonly byte[]? _written;

    internal GraphQLResult(ResultObject? data, IReadOnlyList<GraphQLError> errors)
    {
        _data = data;
        Errors = errors;
        IsExecuted = true;
    }

    internal GraphQLResult(params IReadOnlyList<GraphQLError> requestErrors) => Errors = requestErrors;

    private GraphQLResult(byte[] written)
    {
        _written = written;
        Errors = [];
        IsExecuted = true;
    }

    internal GraphQLResult(IAsyncEnumerable<GraphQLResult> events)
    {
        Events = events;
        Errors = [];
        IsExecuted = true;
    }

    /// <summary>The errors; empty when there are none.</summary>
    public IReadOnlyList<GraphQLError> Errors { get; }

    /// <summary>False when the request was refused before anything ran: the response has no <c>data</c>.</summary>
    public bool IsExecuted { get; }

    /// <summary>Whether something that the request needs was away.</summary>
    internal bool IsUnavailable => Errors.Any(e => e.Code == ExecutionCodes.Unavailable);

    /// <summary>The responses of a subscription, one an event; null for queries and mutations.</summary>
    public IAsyncEnumerable<GraphQLResult>? Events { get; }

    /// <summary>Writes the response as JSON in UTF-8.</summary>
    public void WriteTo(IBufferWriter<byte> output)
    {
        var json = JsonOutput.Rent();
        Write(json);
        output.Write(json.Written);
        json.Return();
    }

    internal void Write(JsonOutput json)
    {
        if (_written is not null)
        {
            json.Raw(_written);
            return;
        }

        json.Raw((byte)'{');
        if (Errors.Count > 0)
        {
            // First, so that a reader of a long response sees them (7.1).
            json.Raw("\"errors\":"u8);
            json.Value(Errors, ErrorWriter.Write);
        }

        if (IsExecuted)
        {
            json.Raw(Errors.Count > 0 ? ",\"data\":"u8 : "\"data\":"u8);
            ResponseWriter.Write(json, _data);
        }

        json.Raw((byte)'}');
    }

    /// <summary>The same response, written once for all who get it. Only of one without errors.</summary>
    internal GraphQLResult Written()
    {
        var buffer = new ArrayBufferWriter<byte>();
        WriteTo(buffer);
        return new GraphQLResult(buffer.WrittenSpan.ToArray());
    }

    /// <summary>The response as JSON text.</summary>
    public override string ToString()
    {
        var buffer = new ArrayBufferWriter<byte>();
        WriteTo(buffer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}

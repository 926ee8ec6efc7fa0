using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClientPortal.GraphQL.Conformance;

// One JSON object a line on stdin, one a line on stdout with the same id. See ../README.md.
var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
using var input = new StreamReader(Console.OpenStandardInput(), utf8);
using var output = new StreamWriter(Console.OpenStandardOutput(), utf8) { AutoFlush = true };
var reading = new JsonDocumentOptions { MaxDepth = 1024 };
var writing = new JsonSerializerOptions { MaxDepth = 1024 };
var adapter = new Adapter();

while (await input.ReadLineAsync() is { } line)
{
    if (line.Length == 0)
    {
        continue;
    }

    var request = JsonNode.Parse(line, documentOptions: reading)!.AsObject();
    var answer = await adapter.AnswerAsync(request);
    answer["id"] = request["id"]?.DeepClone();
    await output.WriteLineAsync(answer.ToJsonString(writing));
}

using System.Text.Json;

namespace ClientPortal.Isolation.Tests;

/// <summary>What EXPLAIN (ANALYZE, FORMAT JSON) tells of a statement that was run.</summary>
public sealed class Plan(JsonElement root)
{
    private IEnumerable<JsonElement> Nodes => Beneath(root);

    /// <summary>Tables that were read whole.</summary>
    public IEnumerable<string> ReadWhole => Nodes.Where(n => Type(n) == "Seq Scan" && Loops(n) > 0).Select(Relation);

    /// <summary>Whether a table was read at all, rather than an index alone.</summary>
    public bool Fetched(string relation) => Nodes.Any(n => Loops(n) > 0 && n.TryGetProperty("Relation Name", out var r) && r.GetString() == relation
        && (Type(n) != "Index Only Scan" || n.GetProperty("Heap Fetches").GetDouble() > 0));

    /// <summary>The rows of a table that were looked at, shown or not.</summary>
    public double RowsOf(string relation) => Nodes.Where(n => n.TryGetProperty("Relation Name", out var r) && r.GetString() == relation)
        .Sum(n => Loops(n) * (Number(n, "Actual Rows") + Number(n, "Rows Removed by Filter") + Number(n, "Rows Removed by Index Recheck")));

    /// <summary>The most rows that one sort took.</summary>
    public double Sorted => Nodes.Where(n => Type(n) is "Sort" or "Incremental Sort").Select(n => n.GetProperty("Plans")[0]).Select(input => Loops(input) * Number(input, "Actual Rows")).DefaultIfEmpty().Max();

    /// <summary>The rows of the answer.</summary>
    public double Rows => Number(root, "Actual Rows");

    public override string ToString() => root.GetRawText();

    private static IEnumerable<JsonElement> Beneath(JsonElement node) =>
        node.TryGetProperty("Plans", out var inner) ? inner.EnumerateArray().SelectMany(Beneath).Prepend(node) : [node];

    private static string Type(JsonElement node) => node.GetProperty("Node Type").GetString()!; // every node has one

    private static string Relation(JsonElement node) => node.GetProperty("Relation Name").GetString()!; // every scan of a table has one

    private static double Loops(JsonElement node) => Number(node, "Actual Loops");

    private static double Number(JsonElement node, string name) => node.TryGetProperty(name, out var value) ? value.GetDouble() : 0;
}

namespace ClientPortal.Platform.Database;

/// <summary>A part of a statement that this build wrote itself, such as the names of columns: the only thing in a hole that is no parameter.</summary>
public sealed class PlainSql
{
    internal PlainSql(string text) => Text = text;

    internal string Text { get; }
}

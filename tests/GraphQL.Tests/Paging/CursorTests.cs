namespace ClientPortal.GraphQL.Tests.Paging;

public sealed class CursorTests
{
    [Fact]
    public void Values_read_back_as_they_were()
    {
        object?[] values = ["Müller & Söhne", 42, 1.50m, Guid.CreateVersion7(), new DateOnly(2026, 2, 28), DateTimeOffset.UnixEpoch, true, null];
        var cursor = Cursor.Encode(values);
        Assert.Equal(values, Cursor.Decode(cursor, typeof(string), typeof(int), typeof(decimal), typeof(Guid), typeof(DateOnly), typeof(DateTimeOffset), typeof(bool), typeof(string)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("!!!")]
    [InlineData("eyJhIjoxfQ")]
    [InlineData("WzEsMl0")]
    [InlineData("WyJ4Il0")]
    public void Text_that_is_no_cursor_of_the_list_is_refused(string cursor)
    {
        Assert.Equal("BAD_CURSOR", Assert.Throws<GraphQLException>(() => Cursor.Decode(cursor, typeof(int))).Code);
    }
}

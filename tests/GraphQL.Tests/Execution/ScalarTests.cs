using System.Globalization;
using System.Text.Json;
using ClientPortal.GraphQL.Execution;
using ClientPortal.GraphQL.Tests.Language;
using ClientPortal.GraphQL.Types;

namespace ClientPortal.GraphQL.Tests.Execution;

public sealed class ScalarTests
{
    // What JavaScript says to String(number), and with it the reference implementation.
    [Theory]
    [InlineData(1e300, "1e+300")]
    [InlineData(1.7976931348623157e308, "1.7976931348623157e+308")]
    [InlineData(-1e21, "-1e+21")]
    [InlineData(1.2345678901234568e22, "1.2345678901234568e+22")]
    [InlineData(123456789012345680000d, "123456789012345680000")]
    [InlineData(1e15, "1000000000000000")]
    [InlineData(9007199254740993d, "9007199254740992")]
    [InlineData(100d, "100")]
    [InlineData(1234567.125, "1234567.125")]
    [InlineData(0.1, "0.1")]
    [InlineData(0.00001234, "0.00001234")]
    [InlineData(1e-6, "0.000001")]
    [InlineData(1e-7, "1e-7")]
    [InlineData(-2.5e-9, "-2.5e-9")]
    [InlineData(5e-324, "5e-324")]
    [InlineData(-0d, "0")]
    public void A_number_in_a_String_is_written_as_the_reference_writes_it(double number, string text)
    {
        Assert.True(BuiltInScalars.String.TryCoerceResult(number, out var result));
        Assert.Equal(text, result);
        Assert.Equal(Math.Floor(number) == number, BuiltInScalars.ID.TryCoerceResult(number, out var id));
        Assert.Equal(id is null ? null : text, id);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void What_is_no_number_is_no_String(double number) => Assert.False(BuiltInScalars.String.TryCoerceResult(number, out _));

    [Theory]
    [InlineData("9007199254740993", "9007199254740993")] // exact, where the reference has only doubles
    [InlineData("123456789012345678901", "123456789012345680000")]
    [InlineData("1e3", "1000")]
    public void A_number_as_an_ID_is_its_text(string json, string text)
    {
        Assert.True(BuiltInScalars.ID.TryParseValue(JsonDocument.Parse(json).RootElement, out var id));
        Assert.Equal(text, id);
    }

    [Fact]
    public void Variables_inside_a_literal_of_a_scalar_that_takes_anything_have_their_values()
    {
        var any = SdlSchema.Build("type Query { a(x: Any): Int } scalar Any").Types["Any"];
        var value = InputCoercion.Literal(any, Syntax.Value("{a: [$a, $none], b: $none, c: {d: $a}, e: $null}"), new Dictionary<string, object?> { ["a"] = 1, ["null"] = null });
        Assert.Equal("""{"a":[1,null],"c":{"d":1},"e":null}""", JsonSerializer.Serialize(value));
    }

    [Fact]
    public void Its_text_reads_as_the_same_number()
    {
        var random = new Random(8);
        for (var n = 0; n < 100_000; n++)
        {
            var number = BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue));
            Assert.True(!double.IsFinite(number) || double.Parse(NumberText.Of(number), CultureInfo.InvariantCulture).Equals(number));
        }
    }
}

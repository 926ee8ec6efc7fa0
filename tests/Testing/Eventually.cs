using Xunit;

namespace ClientPortal.Testing;

/// <summary>Waits for what comes about by itself.</summary>
public static class Eventually
{
    /// <summary>How long to wait for what will come or never: a busy machine is slow, not broken, and only what has failed waits to the end.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromMinutes(2);

    /// <summary>Waits until something is true.</summary>
    /// <param name="condition">Asked again and again.</param>
    /// <param name="limit">Fails after this time; <see cref="Patience"/> unless given.</param>
    public static async Task TrueAsync(Func<Task<bool>> condition, TimeSpan? limit = null)
    {
        var time = limit ?? Patience;
        var deadline = Environment.TickCount64 + (long)time.TotalMilliseconds;
        while (!await condition())
        {
            Assert.True(Environment.TickCount64 < deadline, $"It did not come about within {time.TotalSeconds} s.");
            await Task.Delay(25);
        }
    }
}

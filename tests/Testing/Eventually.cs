using Xunit;

namespace ClientPortal.Testing;

/// <summary>Waits for what comes about by itself.</summary>
public static class Eventually
{
    /// <summary>Waits until something is true.</summary>
    /// <param name="condition">Asked again and again.</param>
    /// <param name="limit">Fails after this time; 30 s unless given.</param>
    public static async Task TrueAsync(Func<Task<bool>> condition, TimeSpan? limit = null)
    {
        var time = limit ?? TimeSpan.FromSeconds(30);
        var deadline = Environment.TickCount64 + (long)time.TotalMilliseconds;
        while (!await condition())
        {
            Assert.True(Environment.TickCount64 < deadline, $"It did not come about within {time.TotalSeconds} s.");
            await Task.Delay(25);
        }
    }
}

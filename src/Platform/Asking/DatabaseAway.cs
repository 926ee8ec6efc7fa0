using Npgsql;

namespace ClientPortal.Platform.Asking;

/// <summary>Tells failures of a request from a database that is away, or has no connection to spare, for the moment.</summary>
public static class DatabaseAway
{
    /// <summary>What to tell whoever asks; null when the exception is about something else.</summary>
    public static string? Message(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            // 57P: PostgreSQL stops or starts. A statement that PostgreSQL refuses is no sign of its being away.
            if (cause is NpgsqlException npgsql && (npgsql is not PostgresException refused || refused.IsTransient || refused.SqlState.StartsWith("57P", StringComparison.Ordinal)))
            {
                return "The database is away or very busy. Try again in a moment.";
            }
        }

        return null;
    }
}

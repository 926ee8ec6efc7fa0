using Hangfire.Logging;
using Microsoft.Extensions.Logging;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace ClientPortal.Platform.Clockwork;

/// <summary>Where Hangfire logs to. It keeps one place for the whole process, which may outlive a host's logger factory, but not a logger.</summary>
internal sealed class HangfireLog(ILogger logger) : ILogProvider, ILog
{
    public ILog GetLogger(string name) => this;

    public bool Log(Hangfire.Logging.LogLevel logLevel, Func<string>? messageFunc, Exception? exception = null)
    {
        var level = (LogLevel)logLevel; // the same six, in the same order
        if (messageFunc is not null && logger.IsEnabled(level))
        {
            logger.Log(level, default, messageFunc(), exception, (message, _) => message);
        }

        return logger.IsEnabled(level);
    }
}

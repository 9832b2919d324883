using System.Globalization;
using Microsoft.Extensions.Logging;

namespace McpConsole.Runner;

/// <summary>
/// Writes log lines to standard error, <c>2026-08-22T09:30:00.125Z INFO text</c>. A logging framework would take longer to load than the
/// rest of the server.
/// </summary>
internal sealed class LineLog(TextWriter output, TimeProvider time) : ILoggerFactory
{
    private readonly Lock _lock = new();

    public ILogger CreateLogger(string categoryName) =>
        new Category(this, categoryName.StartsWith("Microsoft.", StringComparison.Ordinal) ? LogLevel.Error : LogLevel.Information);

    public void Write(LogLevel level, string text)
    {
        var word = level switch
        {
            LogLevel.Information => "INFO",
            LogLevel.Warning => "WARN",
            LogLevel.Error or LogLevel.Critical => "ERROR",
            _ => "DEBUG",
        };
        lock (_lock)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{time.GetUtcNow():yyyy-MM-dd'T'HH:mm:ss.fff'Z'} {word} {text}"));
            output.Flush();
        }
    }

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public void Dispose()
    {
    }

    private sealed class Category(LineLog log, LogLevel least) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= least && logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                log.Write(logLevel, exception is null ? formatter(state, null) : $"{formatter(state, exception)}: {exception}");
            }
        }
    }
}

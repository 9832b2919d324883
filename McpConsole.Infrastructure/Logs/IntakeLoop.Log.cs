using Microsoft.Extensions.Logging;

namespace McpConsole.Infrastructure.Logs;

internal sealed partial class IntakeLoop
{
    private static partial class Log
    {
        [LoggerMessage(2000, LogLevel.Critical, "The log intake has ended; the console stops.")]
        public static partial void Ended(ILogger logger, Exception fault);

        [LoggerMessage(2001, LogLevel.Error, "The log in {Folder} cannot be written; output waits in its spool.")]
        public static partial void CannotStore(ILogger logger, string folder, Exception fault);

        [LoggerMessage(2002, LogLevel.Information, "The log in {Folder} is written again.")]
        public static partial void Recovered(ILogger logger, string folder);

        [LoggerMessage(2003, LogLevel.Warning, "{Count} lines of the console's own were left out of the servers' logs: they cannot be written, and the queue is full.")]
        public static partial void NotesLeftOut(ILogger logger, int count);
    }
}

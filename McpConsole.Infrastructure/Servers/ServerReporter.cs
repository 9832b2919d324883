using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using McpConsole.Domain.Logs;
using McpConsole.Domain.Servers;

namespace McpConsole.Infrastructure.Servers;

/// <summary>Tells what happens to servers: in the event log, and as the console's own lines in the server's log.</summary>
internal sealed class ServerReporter(IServerEventLog events, ILogIntake intake, TimeProvider time)
{
    /// <param name="format">English, with {0}-style places; the pages translate by kind.</param>
    public void Report(ServerDefinition server, ServerEventKind kind, Guid? runId, string format, params IReadOnlyList<object?> arguments)
    {
        var message = string.Format(CultureInfo.InvariantCulture, format, [.. arguments]);
        ImmutableArray<string> words = [.. arguments.Select(a => Convert.ToString(a, CultureInfo.InvariantCulture) ?? "")];
        events.Append(new ServerEvent(0, time.GetUtcNow(), server.Id, server.Name, kind, message, words, runId));
        intake.Write(server.Id, LogStream.Console, Encoding.UTF8.GetBytes(message));
    }
}

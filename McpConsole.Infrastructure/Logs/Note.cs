using McpConsole.Domain.Logs;
using McpConsole.Domain.Servers;

namespace McpConsole.Infrastructure.Logs;

/// <summary>A line of the console's own, or recorded traffic, on its way into a server's log.</summary>
internal sealed record Note(ServerId Server, LogStream Stream, DateTimeOffset Time, byte[] Text)
{
    /// <summary>How much of it is in the log or in the batch that is stored next.</summary>
    public int Taken { get; set; }

    /// <summary>How much of it is in the log.</summary>
    public int Stored { get; set; }
}

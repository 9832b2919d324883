using System.Text.Json;

namespace McpConsole.Mcp.Protocol;

/// <summary>What a handler may do towards the client while it works on one of its requests. Thread-safe.</summary>
public interface IRequestContext
{
    /// <summary>Tells how far the work is; nothing is sent when the client did not ask for progress. Must rise with each call.</summary>
    ValueTask ReportProgressAsync(double progress, double? total = null, string? message = null);

    /// <summary>Sends a log message; nothing is sent below the level that the client set.</summary>
    ValueTask LogAsync(LogSeverity level, string logger, string text);

    /// <summary>
    /// Asks the client: <c>sampling/createMessage</c>, <c>elicitation/create</c> or <c>roots/list</c>. A client of 2026-07-28 is asked by
    /// ending the request with <c>input_required</c>; the handler then runs again from its start with the answers at hand, so it asks
    /// before it changes anything, and always in the same order.
    /// </summary>
    /// <param name="parameters">A JSON object in UTF-8.</param>
    /// <returns>The result object.</returns>
    /// <exception cref="McpException">The client cannot do it, refused it, or went away.</exception>
    ValueTask<JsonElement> AskAsync(string method, ReadOnlyMemory<byte> parameters, CancellationToken cancellationToken);

    /// <summary>
    /// Ends the connection of the response stream, not the stream: the client comes back after <paramref name="retry"/> for what it missed
    /// (revision 2025-11-25, polling). Does nothing where the transport or revision has no such streams.
    /// </summary>
    ValueTask ReleaseConnectionAsync(TimeSpan retry);
}

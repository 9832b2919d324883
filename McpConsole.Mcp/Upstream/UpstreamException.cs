using McpConsole.Domain.Servers;

namespace McpConsole.Mcp.Upstream;

/// <summary>A server could not be spoken to.</summary>
/// <param name="cause">What is wrong with it.</param>
/// <param name="message">What was seen: a status, an error text; never a secret.</param>
internal sealed class UpstreamException(HealthCause cause, string message, Exception? inner = null) : Exception(message, inner)
{
    public HealthCause Cause { get; } = cause;

    /// <summary>The server does not know the session: it was not asked anything, so asking again is safe.</summary>
    public bool SessionEnded { get; init; }
}

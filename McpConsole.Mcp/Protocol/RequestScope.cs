using System.Text.Json;

namespace McpConsole.Mcp.Protocol;

/// <summary>One request under way. What differs between the eras is in its two subtypes.</summary>
internal abstract class RequestScope(RpcMessage request, IReply reply, CancellationToken cancellationToken) : IRequestContext
{
    public RpcMessage Request { get; } = request;

    public IReply Reply { get; } = reply;

    public CancellationToken CancellationToken { get; } = cancellationToken;

    public ReadOnlySpan<byte> Id => Request[Request.Id].Span;

    /// <summary>Modern results carry their type, who answers, and how long they may be kept.</summary>
    public abstract bool IsModern { get; }

    /// <summary>Messages below it are not sent; null means none at all.</summary>
    protected abstract LogSeverity? LogLevel { get; }

    public abstract ValueTask<JsonElement> AskAsync(string method, ReadOnlyMemory<byte> parameters, CancellationToken cancellationToken);

    public ValueTask ReportProgressAsync(double progress, double? total = null, string? message = null)
    {
        if (Request.ProgressToken.Exists)
        {
            Notify(RpcMethods.Progress, writer =>
            {
                writer.WritePropertyName("progressToken"u8);
                writer.WriteRawValue(Request[Request.ProgressToken].Span, skipInputValidation: true);
                writer.WriteNumber("progress"u8, progress);
                if (total is { } value)
                {
                    writer.WriteNumber("total"u8, value);
                }

                if (message is not null)
                {
                    writer.WriteString("message"u8, message);
                }
            });
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask LogAsync(LogSeverity level, string logger, string text)
    {
        if (LogLevel is { } least && level >= least)
        {
            Notify(RpcMethods.Message, writer =>
            {
                writer.WriteString("level"u8, LogLevels.Name(level));
                writer.WriteString("logger"u8, logger);
                writer.WriteString("data"u8, text);
            });
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask ReleaseConnectionAsync(TimeSpan retry)
    {
        Reply.ReleaseConnection(retry);
        return ValueTask.CompletedTask;
    }

    private void Notify(string method, Action<Utf8JsonWriter> members)
    {
        using var parameters = new PooledBuffer();
        using var writer = RpcFrames.Writer(parameters);
        writer.WriteStartObject();
        members(writer);
        writer.WriteEndObject();
        writer.Flush();
        using var message = RpcFrames.Notification(method, parameters.Span);
        Reply.Send(message.Span);
    }
}

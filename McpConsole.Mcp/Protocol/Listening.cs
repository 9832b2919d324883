using System.Text.Json;

namespace McpConsole.Mcp.Protocol;

/// <summary>One <c>subscriptions/listen</c> of a modern client: lasts until the client or the server ends it.</summary>
/// <param name="offered">What the server tells changes of.</param>
internal sealed class Listening(Offered offered, ChangeFeed changes, RequestScope scope)
{
    private readonly HashSet<string> _lists = new(StringComparer.Ordinal);
    private readonly HashSet<string> _resources = new(StringComparer.Ordinal);

    public async Task RunAsync()
    {
        ReadFilter();
        Send(RpcMethods.Acknowledged, WriteFilter);
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        changes.Follow(Pass);
        try
        {
            await using var stop = changes.Stopping.Register(() => ended.TrySetResult());
            await using var gone = scope.CancellationToken.Register(() => ended.TrySetCanceled(scope.CancellationToken));
            await ended.Task;
        }
        finally
        {
            changes.Leave(Pass);
        }
    }

    /// <summary>The response that ends a subscription from the server's side.</summary>
    public static PooledBuffer Ended(ReadOnlySpan<byte> id)
    {
        var output = new PooledBuffer();
        RpcFrames.BeginResult(output, id);
        using (var writer = RpcFrames.Writer(output))
        {
            writer.WriteStartObject();
            writer.WriteString("resultType"u8, "complete"u8);
            writer.WriteStartObject("_meta"u8);
            writer.WritePropertyName(MetaKeys.SubscriptionId);
            writer.WriteRawValue(id, skipInputValidation: true);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        RpcFrames.End(output);
        return output;
    }

    /// <summary>Keeps of the client's filter what this server has.</summary>
    private void ReadFilter()
    {
        var parameters = RequestHandlers.Parse(scope.Request, scope.Request.Params);
        if (!parameters.TryGetProperty("notifications", out var filter) || filter.ValueKind != JsonValueKind.Object)
        {
            throw new McpException(RpcErrors.InvalidParams, "The object params.notifications is missing.");
        }

        Keep("toolsListChanged", RpcMethods.ToolsChanged, offered.Tools);
        Keep("promptsListChanged", RpcMethods.PromptsChanged, offered.Prompts);
        Keep("resourcesListChanged", RpcMethods.ResourcesChanged, offered.Resources);
        if (offered.Updates && filter.TryGetProperty("resourceSubscriptions", out var uris) && uris.ValueKind == JsonValueKind.Array)
        {
            foreach (var uri in uris.EnumerateArray())
            {
                _resources.Add(uri.GetString() ?? "");
            }
        }

        void Keep(string member, string method, bool offered)
        {
            if (offered && filter.TryGetProperty(member, out var wanted) && wanted.ValueKind == JsonValueKind.True)
            {
                _lists.Add(method);
            }
        }
    }

    private void WriteFilter(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("notifications"u8);
        Write("toolsListChanged", RpcMethods.ToolsChanged);
        Write("promptsListChanged", RpcMethods.PromptsChanged);
        Write("resourcesListChanged", RpcMethods.ResourcesChanged);
        if (_resources.Count > 0)
        {
            writer.WriteStartArray("resourceSubscriptions"u8);
            foreach (var uri in _resources)
            {
                writer.WriteStringValue(uri);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();

        void Write(string member, string method)
        {
            if (_lists.Contains(method))
            {
                writer.WriteBoolean(member, true);
            }
        }
    }

    private void Pass(Change change)
    {
        if (change.Uri is null ? _lists.Contains(change.Method) : _resources.Contains(change.Uri))
        {
            Send(change.Method, writer =>
            {
                if (change.Uri is not null)
                {
                    writer.WriteString("uri"u8, change.Uri);
                }
            });
        }
    }

    private void Send(string method, Action<Utf8JsonWriter> members)
    {
        using var parameters = new PooledBuffer();
        using var writer = RpcFrames.Writer(parameters);
        writer.WriteStartObject();
        writer.WriteStartObject("_meta"u8);
        writer.WritePropertyName(MetaKeys.SubscriptionId);
        writer.WriteRawValue(scope.Id, skipInputValidation: true);
        writer.WriteEndObject();
        members(writer);
        writer.WriteEndObject();
        writer.Flush();
        using var message = RpcFrames.Notification(method, parameters.Span);
        scope.Reply.Send(message.Span);
    }
}

/// <param name="Updates">Of single resources.</param>
internal readonly record struct Offered(bool Tools, bool Prompts, bool Resources, bool Updates);

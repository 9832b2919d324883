using System.Text.Json;

namespace McpConsole.Mcp.Protocol;

/// <summary>A request in a legacy conversation: the client is asked by a request of the server's own.</summary>
internal sealed class LegacyScope(ServerConversation conversation, RpcMessage request, IReply reply, CancellationToken cancellationToken)
    : RequestScope(request, reply, cancellationToken)
{
    public override bool IsModern => false;

    protected override LogSeverity? LogLevel => conversation.LogLevel;

    public override ValueTask<JsonElement> AskAsync(string method, ReadOnlyMemory<byte> parameters, CancellationToken cancellationToken) =>
        conversation.AskAsync(Reply, method, parameters, cancellationToken);
}

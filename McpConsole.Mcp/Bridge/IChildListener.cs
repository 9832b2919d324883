using McpConsole.Mcp.Protocol;

namespace McpConsole.Mcp.Bridge;

/// <summary>Takes what a child says that answers no request. Called from the child's one reading loop; returns at once.</summary>
internal interface IChildListener
{
    /// <summary>The child asks its client something; the answer goes to <see cref="ChildLink.Send"/> with the same id.</summary>
    void OnRequest(ChildLink child, RpcMessage request);

    /// <summary>Anything but progress, which the link passes on by itself.</summary>
    void OnNotification(ChildLink child, RpcMessage notification);
}

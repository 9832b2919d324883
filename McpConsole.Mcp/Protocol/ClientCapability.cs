using System.Text;
using System.Text.Json;

namespace McpConsole.Mcp.Protocol;

/// <summary>Which capability a client must have announced before it is asked something.</summary>
internal static class ClientCapability
{
    /// <exception cref="McpException">It has not; the error names what is missing.</exception>
    public static void Require(string method, JsonElement capabilities)
    {
        var needed = method switch
        {
            RpcMethods.Sampling => "sampling",
            RpcMethods.Elicitation => "elicitation",
            RpcMethods.Roots => "roots",
            _ => throw new ArgumentOutOfRangeException(nameof(method), method, "Clients are not asked this."),
        };
        if (capabilities.ValueKind != JsonValueKind.Object || !capabilities.TryGetProperty(needed, out _))
        {
            throw new McpException(RpcErrors.MissingClientCapability, $"The client does not support {needed}.")
            {
                Details = Encoding.UTF8.GetBytes("{\"requiredCapabilities\":{\"" + needed + "\":{}}}"),
            };
        }
    }
}

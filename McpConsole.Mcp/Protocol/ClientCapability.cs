using System.Text;
using System.Text.Json;

namespace McpConsole.Mcp.Protocol;

/// <summary>Which capability a client must have announced before it is asked something.</summary>
internal static class ClientCapability
{
    public static bool Has(string method, JsonElement capabilities) =>
        capabilities.ValueKind == JsonValueKind.Object && Needed(method) is { } needed && capabilities.TryGetProperty(needed, out _);

    /// <exception cref="McpException">It has not; the error names what is missing.</exception>
    public static void Require(string method, JsonElement capabilities)
    {
        if (!Has(method, capabilities))
        {
            var needed = Needed(method) ?? throw new ArgumentOutOfRangeException(nameof(method), method, "Clients are not asked this.");
            throw new McpException(RpcErrors.MissingClientCapability, $"The client does not support {needed}.")
            {
                Details = Encoding.UTF8.GetBytes("{\"requiredCapabilities\":{\"" + needed + "\":{}}}"),
            };
        }
    }

    private static string? Needed(string method) => method switch
    {
        RpcMethods.Sampling => "sampling",
        RpcMethods.Elicitation => "elicitation",
        RpcMethods.Roots => "roots",
        _ => null,
    };
}

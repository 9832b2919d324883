using System.Text.Json;

namespace McpConsole.Mcp.Protocol;

/// <summary>The methods of MCP, every revision.</summary>
internal static class RpcMethods
{
    public const string Initialize = "initialize";
    public const string Initialized = "notifications/initialized";
    public const string Discover = "server/discover";
    public const string Ping = "ping";
    public const string ToolsList = "tools/list";
    public const string ToolsCall = "tools/call";
    public const string ResourcesList = "resources/list";
    public const string ResourcesTemplates = "resources/templates/list";
    public const string ResourcesRead = "resources/read";
    public const string ResourcesSubscribe = "resources/subscribe";
    public const string ResourcesUnsubscribe = "resources/unsubscribe";
    public const string PromptsList = "prompts/list";
    public const string PromptsGet = "prompts/get";
    public const string Complete = "completion/complete";
    public const string SetLevel = "logging/setLevel";
    public const string Listen = "subscriptions/listen";
    public const string Cancelled = "notifications/cancelled";
    public const string Progress = "notifications/progress";
    public const string Message = "notifications/message";
    public const string ToolsChanged = "notifications/tools/list_changed";
    public const string PromptsChanged = "notifications/prompts/list_changed";
    public const string ResourcesChanged = "notifications/resources/list_changed";
    public const string ResourceUpdated = "notifications/resources/updated";
    public const string Acknowledged = "notifications/subscriptions/acknowledged";
    public const string Sampling = "sampling/createMessage";
    public const string Elicitation = "elicitation/create";
    public const string Roots = "roots/list";

    /// <summary>In the order of how often they come.</summary>
    private static readonly string[] s_known =
    [
        ToolsCall, Progress, Message, ToolsList, Ping, Initialize, Initialized, Discover, ResourcesRead, ResourcesList, ResourcesTemplates,
        PromptsGet, PromptsList, Complete, Cancelled, Listen, SetLevel, ResourcesSubscribe, ResourcesUnsubscribe, Sampling, Elicitation,
        Roots, ToolsChanged, PromptsChanged, ResourcesChanged, ResourceUpdated, Acknowledged,
    ];

    /// <summary>The method that the reader stands on, without a new string for the known ones.</summary>
    public static string Intern(ref Utf8JsonReader reader)
    {
        foreach (var known in s_known)
        {
            if (reader.ValueTextEquals(known))
            {
                return known;
            }
        }

        return reader.GetString()!;
    }
}

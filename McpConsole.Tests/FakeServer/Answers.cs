using System.Text.Json.Nodes;

namespace McpConsole.FakeServer;

/// <summary>As much of MCP as a probe and a simple client ask for: initialize, ping, tools/list with one tool, tools/call.</summary>
internal sealed class Answers(Switches switches)
{
    private int _answered;

    /// <summary>False when the child keeps silent from now on.</summary>
    public bool Speaks => !switches.NeverAnswer && (switches.AnswerOnly is not { } limit || _answered < limit);

    /// <summary>The answer to a JSON-RPC message; null for a notification.</summary>
    public string? To(ReadOnlySpan<byte> message)
    {
        var request = JsonNode.Parse(message)!.AsObject();
        if (request["id"] is not { } id)
        {
            return null;
        }

        _answered++;
        var answer = new JsonObject { ["jsonrpc"] = "2.0", ["id"] = id.DeepClone() };
        if (Result((string?)request["method"], request["params"] as JsonObject) is { } result)
        {
            answer["result"] = result;
        }
        else
        {
            answer["error"] = new JsonObject { ["code"] = -32601, ["message"] = "Method not found" };
        }

        return answer.ToJsonString();
    }

    private static JsonObject? Result(string? method, JsonObject? parameters) => method switch
    {
        "initialize" => new JsonObject
        {
            ["protocolVersion"] = (string?)parameters?["protocolVersion"] ?? "2025-06-18",
            ["capabilities"] = new JsonObject { ["tools"] = new JsonObject() },
            ["serverInfo"] = new JsonObject { ["name"] = "fake", ["version"] = "1" },
        },
        "ping" => [],
        "tools/list" => new JsonObject
        {
            ["tools"] = new JsonArray(new JsonObject
            {
                ["name"] = "echo",
                ["description"] = "Says what it was told, and by which process",
                ["inputSchema"] = new JsonObject { ["type"] = "object" },
            }),
        },
        "tools/call" => new JsonObject
        {
            ["content"] = new JsonArray(new JsonObject
            {
                ["type"] = "text",
                ["text"] = $"{Environment.ProcessId}: {parameters?["arguments"]?.ToJsonString()}",
            }),
        },
        _ => null,
    };
}

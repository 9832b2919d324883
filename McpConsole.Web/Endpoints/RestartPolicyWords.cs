using System.Text.Json;
using System.Text.Json.Serialization;
using McpConsole.Domain.Servers;

namespace McpConsole.Web.Endpoints;

/// <summary>Writes the policy as process managers do, <c>on-failure</c>; reads <c>onFailure</c> too.</summary>
internal sealed class RestartPolicyWords : JsonConverter<RestartPolicy>
{
    public override RestartPolicy Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType != JsonTokenType.String ? throw new JsonException() : reader.GetString() switch
        {
            "on-failure" or "onFailure" => RestartPolicy.OnFailure,
            "always" => RestartPolicy.Always,
            "never" => RestartPolicy.Never,
            _ => throw new JsonException(),
        };

    public override void Write(Utf8JsonWriter writer, RestartPolicy value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value switch
        {
            RestartPolicy.OnFailure => "on-failure",
            RestartPolicy.Always => "always",
            _ => "never",
        });
}

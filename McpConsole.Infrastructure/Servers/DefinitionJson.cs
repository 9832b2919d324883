using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using McpConsole.Domain.Servers;
using McpConsole.Infrastructure.Database;

namespace McpConsole.Infrastructure.Servers;

/// <summary>
/// A server's definition as the database keeps it: readable JSON, in which each secret stands encrypted by itself, for example
/// <c>{"Name":"shop","Launch":{"Kind":"OpenApi","Document":"…","AuthToken":"CfDJ8…"},…}</c>.
/// </summary>
internal sealed class DefinitionJson(SecretProtector protector)
{
    private readonly JsonSerializerOptions _options = new()
    {
        IgnoreReadOnlyProperties = true,
        // jsonb keeps no order.
        AllowOutOfOrderMetadataProperties = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
        Converters = { new JsonStringEnumConverter(), new IdConverter(), new SecretConverter(protector) },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { NameLaunchKinds } },
    };

    public string Write(ServerDefinition definition) => JsonSerializer.Serialize(definition, _options);

    /// <exception cref="JsonException">It is no definition, or one of another version.</exception>
    public ServerDefinition Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<ServerDefinition>(json, _options) ?? throw new JsonException("A stored server definition is null.");
        }
        catch (NotSupportedException fault)
        {
            throw new JsonException("The kind of launch is missing.", fault);
        }
    }

    private static void NameLaunchKinds(JsonTypeInfo type)
    {
        if (type.Type == typeof(LaunchSpec))
        {
            type.PolymorphismOptions = new()
            {
                TypeDiscriminatorPropertyName = "Kind",
                UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FailSerialization,
                DerivedTypes =
                {
                    new(typeof(OpenApiLaunch), "OpenApi"),
                    new(typeof(CommandLaunch), "Command"),
                    new(typeof(RemoteLaunch), "Remote"),
                },
            };
        }
    }

    private sealed class IdConverter : JsonConverter<ServerId>
    {
        public override ServerId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetGuid());

        public override void Write(Utf8JsonWriter writer, ServerId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
    }

    private sealed class SecretConverter(SecretProtector protector) : JsonConverter<Secret>
    {
        public override Secret Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            protector.Unprotect(reader.GetString() ?? "");

        public override void Write(Utf8JsonWriter writer, Secret value, JsonSerializerOptions options) =>
            writer.WriteStringValue(protector.Protect(value));
    }
}

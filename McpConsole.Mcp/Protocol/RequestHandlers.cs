using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace McpConsole.Mcp.Protocol;

/// <summary>Answers the requests of both eras from a server's sources.</summary>
internal sealed partial class RequestHandlers(ServerFeatures features, ChangeFeed changes, ILogger logger)
{
    private static readonly JsonElement s_noArguments = JsonElement.Parse("{}"u8);

    private readonly Offered _offered = new(
        features.Tools is not null, features.Prompts is not null, features.Resources is not null, features.Resources is not null);

    private readonly byte[] _capabilities = features.CapabilitiesJson();
    private readonly byte[] _serverInfo = features.ServerInfoJson();

    public bool HasResources => features.Resources is not null;

    /// <summary>Answers one request. Never faults: whatever happens becomes its response.</summary>
    public async Task RunAsync(RequestScope scope)
    {
        var output = new PooledBuffer();
        try
        {
            RpcFrames.BeginResult(output, scope.Id);
            await using (var writer = RpcFrames.Writer(output))
            {
                writer.WriteStartObject();
                if (scope.IsModern)
                {
                    writer.WriteString("resultType"u8, "complete"u8);
                }

                await AnswerAsync(scope, writer);
                if (scope.IsModern)
                {
                    WriteServerInfo(scope, writer);
                }

                writer.WriteEndObject();
            }

            RpcFrames.End(output);
            scope.Reply.Complete(output);
        }
        catch (InputRequiredException question)
        {
            output.Dispose();
            scope.Reply.Complete(RpcFrames.Result(scope.Id, question.Result.Span));
            question.Result.Dispose();
        }
        catch (McpException fault)
        {
            output.Dispose();
            scope.Reply.Complete(RpcFrames.Error(scope.Id, fault.Code, fault.Message, fault.Details.Span), fault.Code);
        }
        catch (OperationCanceledException) when (scope.CancellationToken.IsCancellationRequested)
        {
            output.Dispose();
            scope.Reply.Abandon();
        }
        catch (Exception fault)
        {
            // A handler's bug must neither end the server nor leave the client waiting; its text may hold what the client must not see.
            output.Dispose();
            LogFault(fault, scope.Request.Method!);
            scope.Reply.Complete(RpcFrames.Error(scope.Id, RpcErrors.InternalError, "Internal error."), RpcErrors.InternalError);
        }
    }

    private ValueTask AnswerAsync(RequestScope scope, Utf8JsonWriter writer)
    {
        switch (scope.Request.Method)
        {
            case RpcMethods.ToolsCall when features.Tools is { } tools:
                return CallToolAsync(tools, scope, writer);
            case RpcMethods.ToolsList when features.Tools is { } tools:
                WriteList(scope, writer, "tools"u8, tools.ListJson.Span);
                return default;
            case RpcMethods.Ping when !scope.IsModern:
                return default;
            case RpcMethods.Discover when scope.IsModern:
                WriteDiscovery(writer);
                return default;
            case RpcMethods.ResourcesList when features.Resources is { } resources:
                WriteList(scope, writer, "resources"u8, resources.ListJson.Span);
                return default;
            case RpcMethods.ResourcesTemplates when features.Resources is { } resources:
                WriteList(scope, writer, "resourceTemplates"u8, resources.TemplatesJson.Span);
                return default;
            case RpcMethods.ResourcesRead when features.Resources is { } resources:
                return ReadResourceAsync(resources, scope, writer);
            case RpcMethods.PromptsList when features.Prompts is { } prompts:
                WriteList(scope, writer, "prompts"u8, prompts.ListJson.Span);
                return default;
            case RpcMethods.PromptsGet when features.Prompts is { } prompts:
                return GetPromptAsync(prompts, scope, writer);
            case RpcMethods.Complete when features.Completions is { } completions:
                return completions.CompleteAsync(Parse(scope.Request, scope.Request.Params), writer, scope.CancellationToken);
            case RpcMethods.Listen when scope.IsModern:
                return new ValueTask(new Listening(_offered, changes, scope).RunAsync());
            default:
                throw new McpException(RpcErrors.MethodNotFound, $"Unknown method: {scope.Request.Method}");
        }
    }

    /// <summary>The result of <c>initialize</c>.</summary>
    public PooledBuffer Initialized(ReadOnlySpan<byte> id, string version)
    {
        var output = new PooledBuffer();
        RpcFrames.BeginResult(output, id);
        using (var writer = RpcFrames.Writer(output))
        {
            writer.WriteStartObject();
            writer.WriteString("protocolVersion"u8, version);
            writer.WritePropertyName("capabilities"u8);
            writer.WriteRawValue(_capabilities, skipInputValidation: true);
            writer.WritePropertyName("serverInfo"u8);
            writer.WriteRawValue(_serverInfo, skipInputValidation: true);
            WriteInstructions(writer);
            writer.WriteEndObject();
        }

        RpcFrames.End(output);
        return output;
    }

    private void WriteDiscovery(Utf8JsonWriter writer)
    {
        writer.WritePropertyName("supportedVersions"u8);
        writer.WriteRawValue(ProtocolVersions.SupportedJson, skipInputValidation: true);
        writer.WritePropertyName("capabilities"u8);
        writer.WriteRawValue(_capabilities, skipInputValidation: true);
        WriteInstructions(writer);
        WriteCaching(writer);
    }

    private void WriteInstructions(Utf8JsonWriter writer)
    {
        if (features.Instructions is { } instructions)
        {
            writer.WriteString("instructions"u8, instructions);
        }
    }

    private void WriteList(RequestScope scope, Utf8JsonWriter writer, ReadOnlySpan<byte> name, ReadOnlySpan<byte> list)
    {
        writer.WritePropertyName(name);
        writer.WriteRawValue(list, skipInputValidation: true);
        if (scope.IsModern)
        {
            WriteCaching(writer);
        }
    }

    /// <summary>Everything offered is the same for every caller, so any cache may keep it.</summary>
    private void WriteCaching(Utf8JsonWriter writer)
    {
        writer.WriteNumber("ttlMs"u8, (long)features.ListTtl.TotalMilliseconds);
        writer.WriteString("cacheScope"u8, "public"u8);
    }

    private void WriteServerInfo(RequestScope scope, Utf8JsonWriter writer)
    {
        writer.WriteStartObject("_meta"u8);
        writer.WritePropertyName(MetaKeys.ServerInfo);
        writer.WriteRawValue(_serverInfo, skipInputValidation: true);
        if (scope.Request.Method == RpcMethods.Listen)
        {
            writer.WritePropertyName(MetaKeys.SubscriptionId);
            writer.WriteRawValue(scope.Id, skipInputValidation: true);
        }

        writer.WriteEndObject();
    }

    private static async ValueTask CallToolAsync(IToolSource tools, RequestScope scope, Utf8JsonWriter writer)
    {
        var name = Needed(scope.Request, scope.Request.Name, "name");
        if (!await tools.CallAsync(name, Arguments(scope.Request), writer, scope, scope.CancellationToken))
        {
            throw new McpException(RpcErrors.InvalidParams, $"Unknown tool: {name}");
        }
    }

    private async ValueTask ReadResourceAsync(IResourceSource resources, RequestScope scope, Utf8JsonWriter writer)
    {
        var uri = Needed(scope.Request, scope.Request.Uri, "uri");
        if (!await resources.ReadAsync(uri, writer, scope, scope.CancellationToken))
        {
            var code = scope.IsModern ? RpcErrors.InvalidParams : RpcErrors.ResourceNotFound;
            throw new McpException(code, $"Unknown resource: {uri}");
        }

        if (scope.IsModern)
        {
            WriteCaching(writer);
        }
    }

    private static async ValueTask GetPromptAsync(IPromptSource prompts, RequestScope scope, Utf8JsonWriter writer)
    {
        var name = Needed(scope.Request, scope.Request.Name, "name");
        if (!await prompts.GetAsync(name, Arguments(scope.Request), writer, scope, scope.CancellationToken))
        {
            throw new McpException(RpcErrors.InvalidParams, $"Unknown prompt: {name}");
        }
    }

    private static string Needed(RpcMessage request, RpcPart part, string member) =>
        request.Text(part) ?? throw new McpException(RpcErrors.InvalidParams, $"The string params.{member} is missing.");

    private static JsonElement Arguments(RpcMessage request)
    {
        if (!request.Arguments.Exists)
        {
            return s_noArguments;
        }

        var arguments = Parse(request, request.Arguments);
        return arguments.ValueKind switch
        {
            JsonValueKind.Object => arguments,
            JsonValueKind.Null => s_noArguments,
            _ => throw new McpException(RpcErrors.InvalidParams, "params.arguments must be an object."),
        };
    }

    public static JsonElement Parse(RpcMessage request, RpcPart part)
    {
        try
        {
            return part.Exists ? JsonElement.Parse(Mended(request[part])) : s_noArguments;
        }
        catch (Exception fault) when (fault is JsonException or DecoderFallbackException)
        {
            throw new McpException(RpcErrors.InvalidParams, "The params cannot be read.", fault);
        }
    }

    private static ReadOnlySpan<byte> Mended(ReadOnlyMemory<byte> json)
    {
        if (LoneSurrogate.Find(json.Span) < 0)
        {
            return json.Span;
        }

        var copy = json.ToArray();
        LoneSurrogate.Mend(copy);
        return copy;
    }

    [LoggerMessage(EventId = 5000, Level = LogLevel.Error, Message = "{Method} failed")]
    private partial void LogFault(Exception fault, string method);
}

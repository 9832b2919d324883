using System.Globalization;
using System.Text.Json;

namespace McpConsole.Mcp.Protocol;

/// <summary>
/// A request of 2026-07-28: the client is asked by ending the request with <c>input_required</c>. It repeats the request with the
/// answers; those of earlier rounds travel in <c>requestState</c>. That state needs no seal: it holds only what the client itself
/// answered, and could answer otherwise at any time.
/// </summary>
internal sealed class ModernScope : RequestScope
{
    private readonly Lazy<JsonElement> _parameters;
    private readonly Dictionary<string, JsonElement> _answers = new(StringComparer.Ordinal);
    private int _asked;

    public ModernScope(RpcMessage request, IReply reply, CancellationToken cancellationToken)
        : base(request, reply, cancellationToken)
    {
        _parameters = new(() => Parse(request[request.Params]));
        LogLevel = request.LogLevel.Exists ? LogLevels.Parse(request.Text(request.LogLevel)) : null;
    }

    public override bool IsModern => true;

    protected override LogSeverity? LogLevel { get; }

    public override ValueTask<JsonElement> AskAsync(string method, ReadOnlyMemory<byte> parameters, CancellationToken cancellationToken)
    {
        ClientCapability.Require(method, Parse(Request[Request.ClientCapabilities]));
        if (_asked == 0)
        {
            ReadAnswers();
        }

        var key = string.Create(CultureInfo.InvariantCulture, $"ask{++_asked}");
        return _answers.TryGetValue(key, out var answer)
            ? ValueTask.FromResult(answer)
            : throw new InputRequiredException(Question(key, method, parameters.Span));
    }

    private void ReadAnswers()
    {
        if (_parameters.Value.TryGetProperty("requestState", out var state) && state.ValueKind == JsonValueKind.String)
        {
            if (!state.TryGetBytesFromBase64(out var bytes))
            {
                throw new McpException(RpcErrors.InvalidParams, "The requestState is not one that this server gave.");
            }

            Take(Parse(bytes));
        }

        if (_parameters.Value.TryGetProperty("inputResponses", out var responses))
        {
            Take(responses);
        }
    }

    private void Take(JsonElement answers)
    {
        if (answers.ValueKind != JsonValueKind.Object)
        {
            throw new McpException(RpcErrors.InvalidParams, "Answers are one JSON object.");
        }

        foreach (var answer in answers.EnumerateObject())
        {
            _answers[answer.Name] = answer.Value;
        }
    }

    private PooledBuffer Question(string key, string method, ReadOnlySpan<byte> parameters)
    {
        var output = new PooledBuffer();
        using var writer = RpcFrames.Writer(output);
        writer.WriteStartObject();
        writer.WriteString("resultType"u8, "input_required"u8);
        writer.WriteStartObject("inputRequests"u8);
        writer.WriteStartObject(key);
        writer.WriteString("method"u8, method);
        writer.WritePropertyName("params"u8);
        writer.WriteRawValue(parameters, skipInputValidation: true);
        writer.WriteEndObject();
        writer.WriteEndObject();
        if (_answers.Count > 0)
        {
            using var state = State();
            writer.WriteBase64String("requestState"u8, state.Span);
        }

        writer.WriteEndObject();
        writer.Flush();
        return output;
    }

    private PooledBuffer State()
    {
        var output = new PooledBuffer();
        using var writer = RpcFrames.Writer(output);
        writer.WriteStartObject();
        foreach (var (key, answer) in _answers)
        {
            writer.WritePropertyName(key);
            answer.WriteTo(writer);
        }

        writer.WriteEndObject();
        writer.Flush();
        return output;
    }

    private static JsonElement Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            return JsonElement.Parse(json.Span);
        }
        catch (JsonException fault)
        {
            throw new McpException(RpcErrors.InvalidParams, "Not valid JSON.", fault);
        }
    }
}

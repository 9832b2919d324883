using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace McpConsole.Mcp.Protocol;

/// <summary>Writes JSON-RPC messages.</summary>
internal static class RpcFrames
{
    /// <summary>Text is sent as it is, not as escapes: half the size for Chinese. The bytes go to JSON parsers, never into HTML.</summary>
    public static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static Utf8JsonWriter Writer(IBufferWriter<byte> output) => new(output, WriterOptions);

    /// <summary>Begins a response; the result object and <see cref="End"/> follow.</summary>
    public static void BeginResult(PooledBuffer output, ReadOnlySpan<byte> id)
    {
        output.Write("{\"jsonrpc\":\"2.0\",\"id\":"u8);
        output.Write(id);
        output.Write(",\"result\":"u8);
    }

    public static void End(PooledBuffer output) => output.Write("}"u8);

    public static PooledBuffer Result(ReadOnlySpan<byte> id, ReadOnlySpan<byte> result)
    {
        var output = new PooledBuffer();
        BeginResult(output, id);
        output.Write(result);
        End(output);
        return output;
    }

    /// <param name="id">Empty where it could not be read: the response then has none.</param>
    /// <param name="data">JSON, or nothing.</param>
    public static PooledBuffer Error(ReadOnlySpan<byte> id, int code, string message, ReadOnlySpan<byte> data = default)
    {
        var output = new PooledBuffer();
        using var writer = Writer(output);
        writer.WriteStartObject();
        writer.WriteString("jsonrpc"u8, "2.0"u8);
        WriteId(writer, id);
        writer.WriteStartObject("error"u8);
        writer.WriteNumber("code"u8, code);
        writer.WriteString("message"u8, message);
        if (!data.IsEmpty)
        {
            writer.WritePropertyName("data"u8);
            writer.WriteRawValue(data, skipInputValidation: true);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.Flush();
        return output;
    }

    /// <param name="id">JSON; empty for a notification.</param>
    /// <param name="parameters">A JSON object, or nothing.</param>
    public static PooledBuffer Call(ReadOnlySpan<byte> id, string method, ReadOnlySpan<byte> parameters)
    {
        var output = new PooledBuffer();
        using var writer = Writer(output);
        writer.WriteStartObject();
        writer.WriteString("jsonrpc"u8, "2.0"u8);
        WriteId(writer, id);
        writer.WriteString("method"u8, method);
        if (!parameters.IsEmpty)
        {
            writer.WritePropertyName("params"u8);
            writer.WriteRawValue(parameters, skipInputValidation: true);
        }

        writer.WriteEndObject();
        writer.Flush();
        return output;
    }

    private static void WriteId(Utf8JsonWriter writer, ReadOnlySpan<byte> id)
    {
        if (!id.IsEmpty)
        {
            writer.WritePropertyName("id"u8);
            writer.WriteRawValue(id, skipInputValidation: true);
        }
    }

    public static PooledBuffer Notification(string method, ReadOnlySpan<byte> parameters = default) => Call([], method, parameters);

    /// <summary>The message with another id, and where it has a progress token and one is given, with another token.</summary>
    /// <param name="message">It has an id.</param>
    public static PooledBuffer Rewrite(RpcMessage message, ReadOnlySpan<byte> id, ReadOnlySpan<byte> token = default)
    {
        var output = new PooledBuffer();
        var bytes = message.Bytes.Span;
        var newToken = message.ProgressToken.Exists && !token.IsEmpty;
        var idIsFirst = !newToken || message.Id.Start < message.ProgressToken.Start;
        var (first, second) = idIsFirst ? (message.Id, message.ProgressToken) : (message.ProgressToken, message.Id);
        output.Write(bytes[..first.Start]);
        output.Write(idIsFirst ? id : token);
        if (newToken)
        {
            output.Write(bytes[first.End..second.Start]);
            output.Write(idIsFirst ? token : id);
            first = second;
        }

        output.Write(bytes[first.End..]);
        return output;
    }

    /// <summary>The message with one part replaced.</summary>
    public static PooledBuffer Replace(RpcMessage message, RpcPart part, ReadOnlySpan<byte> by)
    {
        var output = new PooledBuffer();
        output.Write(message.Bytes.Span[..part.Start]);
        output.Write(by);
        output.Write(message.Bytes.Span[part.End..]);
        return output;
    }

    /// <summary>The error that a response carries.</summary>
    public static McpException ToException(RpcMessage response)
    {
        var error = JsonElement.Parse(response[response.Error].Span);
        var isObject = error.ValueKind == JsonValueKind.Object;
        var code = isObject && error.TryGetProperty("code", out var number) && number.TryGetInt32(out var value) ? value : RpcErrors.InternalError;
        var text = isObject && error.TryGetProperty("message", out var message) ? message.ToString() : "Unknown error.";
        return new McpException(code, text);
    }
}

using System.Text;
using System.Text.Json;

namespace McpConsole.Mcp.Protocol;

/// <summary>
/// One JSON-RPC message as it was received: its bytes, and where in them the parts lie that a server or a relay acts on. Nothing is
/// decoded before it is asked for, and an id keeps its exact form (<c>0</c>, <c>"0"</c> and <c>1e3</c> are three ids).
/// </summary>
internal sealed class RpcMessage
{
    private static readonly JsonReaderOptions s_options = new() { MaxDepth = 256 };

    private RpcMessage(ReadOnlyMemory<byte> bytes) => Bytes = bytes;

    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Null for a response.</summary>
    public string? Method { get; private set; }

    public RpcPart Id { get; private set; }

    public RpcPart Params { get; private set; }

    public RpcPart Result { get; private set; }

    public RpcPart Error { get; private set; }

    /// <summary>What a request is about, <c>params.name</c> or <c>params.uri</c>: a quoted JSON string.</summary>
    public RpcPart Name { get; private set; }

    public RpcPart Uri { get; private set; }

    public RpcPart Arguments { get; private set; }

    /// <summary><c>params._meta</c>; in a response, <c>result._meta</c> is not looked for.</summary>
    public RpcPart Meta { get; private set; }

    /// <summary><c>params._meta.progressToken</c> of a request, <c>params.progressToken</c> of a progress notification.</summary>
    public RpcPart ProgressToken { get; private set; }

    /// <summary><c>params.requestId</c> of a cancellation.</summary>
    public RpcPart RequestId { get; private set; }

    /// <summary><c>params._meta["io.modelcontextprotocol/protocolVersion"]</c>: its presence makes the request a modern one.</summary>
    public RpcPart ModernVersion { get; private set; }

    public RpcPart ClientCapabilities { get; private set; }

    public RpcPart LogLevel { get; private set; }

    public bool IsRequest => Method is not null && Id.Exists;

    public bool IsNotification => Method is not null && !Id.Exists;

    public bool IsResponse => Method is null;

    public ReadOnlyMemory<byte> this[RpcPart part] => Bytes.Slice(part.Start, part.Length);

    /// <summary>The text of a part that is a JSON string; null when it is missing, something else, or holds half of a surrogate pair.</summary>
    public string? Text(RpcPart part)
    {
        if (!part.Exists || Bytes.Span[part.Start] != (byte)'"' || LoneSurrogate.Find(this[part].Span) >= 0)
        {
            return null;
        }

        var reader = new Utf8JsonReader(this[part].Span);
        reader.Read();
        return reader.GetString();
    }

    /// <summary>Reads one message. Batches, which only revision 2025-03-26 had, are refused.</summary>
    /// <param name="bytes">Kept, not copied.</param>
    /// <exception cref="McpException">Not JSON, or not a JSON-RPC 2.0 message.</exception>
    public static RpcMessage Parse(ReadOnlyMemory<byte> bytes)
    {
        var message = new RpcMessage(bytes);
        var reader = new Utf8JsonReader(bytes.Span, s_options);
        try
        {
            var version = message.ReadEnvelope(ref reader);
            return version && message.IsWhole ? message : throw new McpException(RpcErrors.InvalidRequest, "Not a JSON-RPC 2.0 message.");
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            throw new McpException(RpcErrors.ParseError, "Not valid JSON.", fault);
        }
    }

    /// <summary>Only an error response may have the id null, or none: the request's could not be read.</summary>
    private bool IsWhole => Method is null
        ? Result.Exists != Error.Exists && (Error.Exists || HasId)
        : !Result.Exists && !Error.Exists && (!Id.Exists || HasId);

    private bool HasId => Id.Exists && Bytes.Span[Id.Start] != (byte)'n';

    private bool ReadEnvelope(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new McpException(RpcErrors.InvalidRequest, "A message is one JSON object.");
        }

        var version = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("jsonrpc"u8))
            {
                reader.Read();
                version = reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("2.0"u8);
            }
            else if (reader.ValueTextEquals("id"u8))
            {
                Id = Once(Id, Take(ref reader));
                if (!IsId(reader.TokenType))
                {
                    throw new McpException(RpcErrors.InvalidRequest, "An id is a string or a number.");
                }
            }
            else if (reader.ValueTextEquals("method"u8))
            {
                reader.Read();
                Method = Method is null && reader.TokenType == JsonTokenType.String
                    ? RpcMethods.Intern(ref reader)
                    : throw new McpException(RpcErrors.InvalidRequest, "A method is one string.");
            }
            else if (reader.ValueTextEquals("params"u8))
            {
                Params = Once(Params, TakeParams(ref reader));
            }
            else if (reader.ValueTextEquals("result"u8))
            {
                Result = Once(Result, Take(ref reader));
            }
            else if (reader.ValueTextEquals("error"u8))
            {
                Error = Once(Error, Take(ref reader));
            }
            else
            {
                Take(ref reader);
            }
        }

        // Reads past the end: anything but white space after the object is a fault.
        return !reader.Read() && version;
    }

    private RpcPart TakeParams(ref Utf8JsonReader reader)
    {
        reader.Read();
        var start = (int)reader.TokenStartIndex;
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return Part(start, reader);
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("name"u8))
            {
                Name = Once(Name, Take(ref reader));
            }
            else if (reader.ValueTextEquals("uri"u8))
            {
                Uri = Once(Uri, Take(ref reader));
            }
            else if (reader.ValueTextEquals("arguments"u8))
            {
                Arguments = Once(Arguments, Take(ref reader));
            }
            else if (reader.ValueTextEquals("_meta"u8))
            {
                Meta = Once(Meta, TakeMeta(ref reader));
            }
            else if (reader.ValueTextEquals("progressToken"u8))
            {
                ProgressToken = Once(ProgressToken, Take(ref reader));
            }
            else if (reader.ValueTextEquals("requestId"u8))
            {
                RequestId = Once(RequestId, Take(ref reader));
            }
            else
            {
                Take(ref reader);
            }
        }

        return Part(start, reader);
    }

    private RpcPart TakeMeta(ref Utf8JsonReader reader)
    {
        reader.Read();
        var start = (int)reader.TokenStartIndex;
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return Part(start, reader);
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("progressToken"u8))
            {
                ProgressToken = Once(ProgressToken, Take(ref reader));
            }
            else if (reader.ValueTextEquals(MetaKeys.ProtocolVersion))
            {
                ModernVersion = Once(ModernVersion, Take(ref reader));
            }
            else if (reader.ValueTextEquals(MetaKeys.ClientCapabilities))
            {
                ClientCapabilities = Once(ClientCapabilities, Take(ref reader));
            }
            else if (reader.ValueTextEquals(MetaKeys.LogLevel))
            {
                LogLevel = Once(LogLevel, Take(ref reader));
            }
            else
            {
                Take(ref reader);
            }
        }

        return Part(start, reader);
    }

    private static RpcPart Take(ref Utf8JsonReader reader)
    {
        reader.Read();
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return Part(start, reader);
    }

    private static RpcPart Part(int start, Utf8JsonReader reader) => new(start, (int)reader.BytesConsumed - start);

    /// <summary>A name that stands twice is read differently by different parsers: what was checked here would not be what acts elsewhere.</summary>
    private static RpcPart Once(RpcPart before, RpcPart now) =>
        before.Exists ? throw new McpException(RpcErrors.InvalidRequest, "A member stands twice.") : now;

    private static bool IsId(JsonTokenType type) => type is JsonTokenType.String or JsonTokenType.Number or JsonTokenType.Null;

    public override string ToString() => Encoding.UTF8.GetString(Bytes.Span);
}

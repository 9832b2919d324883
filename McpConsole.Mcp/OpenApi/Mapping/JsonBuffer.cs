using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace McpConsole.Mcp.OpenApi.Mapping;

/// <summary>Makes JSON writers whose output is meant for models: text stays readable, nothing is escaped that need not be.</summary>
internal static class JsonBuffer
{
    public static JavaScriptEncoder Encoder => JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    private static readonly JsonWriterOptions s_options = new()
    {
        Encoder = Encoder,
        SkipValidation = true,
        MaxDepth = 1000,
    };

    public static Utf8JsonWriter Writer(IBufferWriter<byte> buffer) => new(buffer, s_options);

    public static byte[] Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = Writer(buffer))
        {
            write(writer);
        }

        return buffer.WrittenSpan.ToArray();
    }
}

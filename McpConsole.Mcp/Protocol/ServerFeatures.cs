using System.Text.Json;

namespace McpConsole.Mcp.Protocol;

/// <summary>What a server offers. A source that is null is not announced, and its methods are unknown.</summary>
public sealed record ServerFeatures
{
    public required string Name { get; init; }

    public required string Version { get; init; }

    /// <summary>For people; null where the name says enough.</summary>
    public string? Title { get; init; }

    /// <summary>Tells a model how to use the server.</summary>
    public string? Instructions { get; init; }

    public IToolSource? Tools { get; init; }

    public IResourceSource? Resources { get; init; }

    public IPromptSource? Prompts { get; init; }

    public ICompletionSource? Completions { get; init; }

    /// <summary>Whether handlers send log messages to the client.</summary>
    public bool Logging { get; init; }

    /// <summary>How long a modern client may keep a list without asking again; change notifications end it early.</summary>
    public TimeSpan ListTtl { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Of everything offered, the <c>capabilities</c> object.</summary>
    internal byte[] CapabilitiesJson() => Write(writer =>
    {
        WriteCapability(writer, "tools"u8, Tools is not null, listChanged: true);
        WriteCapability(writer, "resources"u8, Resources is not null, listChanged: true, subscribe: true);
        WriteCapability(writer, "prompts"u8, Prompts is not null, listChanged: true);
        WriteCapability(writer, "completions"u8, Completions is not null);
        WriteCapability(writer, "logging"u8, Logging);
    });

    /// <summary>The <c>serverInfo</c> object.</summary>
    internal byte[] ServerInfoJson() => Write(writer =>
    {
        writer.WriteString("name"u8, Name);
        writer.WriteString("version"u8, Version);
        if (Title is not null)
        {
            writer.WriteString("title"u8, Title);
        }
    });

    private static byte[] Write(Action<Utf8JsonWriter> members)
    {
        using var output = new PooledBuffer();
        using var writer = RpcFrames.Writer(output);
        writer.WriteStartObject();
        members(writer);
        writer.WriteEndObject();
        writer.Flush();
        return output.Span.ToArray();
    }

    private static void WriteCapability(Utf8JsonWriter writer, ReadOnlySpan<byte> name, bool offered, bool listChanged = false, bool subscribe = false)
    {
        if (!offered)
        {
            return;
        }

        writer.WriteStartObject(name);
        if (listChanged)
        {
            writer.WriteBoolean("listChanged"u8, true);
        }

        if (subscribe)
        {
            writer.WriteBoolean("subscribe"u8, true);
        }

        writer.WriteEndObject();
    }
}

namespace McpConsole.Mcp.OpenApi.Documents;

/// <summary>The limits within which documents are read.</summary>
public sealed record DocumentOptions
{
    public static DocumentOptions Default { get; } = new();

    /// <summary>For one document, in bytes. Default 32 MiB.</summary>
    public long MaxBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>How many documents one may refer to, directly and over others. Default 200.</summary>
    public int MaxReferencedDocuments { get; init; } = 200;

    /// <summary>For one fetch, its redirects included. Default 30 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Default 5.</summary>
    public int MaxRedirects { get; init; } = 5;

    public OutboundPolicy Outbound { get; init; } = OutboundPolicy.Default;
}

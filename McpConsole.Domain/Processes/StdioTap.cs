namespace McpConsole.Domain.Processes;

/// <summary>Sees what passes on the standard input and output of bridged children. Neither may block or keep the bytes.</summary>
/// <param name="Traffic">Gets each JSON-RPC message, without its line's end; true means towards the child.</param>
/// <param name="Noise">Gets each line of a child's standard output that is no message: banners, stray prints, stack traces.</param>
public sealed record StdioTap(Action<ReadOnlyMemory<byte>, bool>? Traffic = null, Action<ReadOnlyMemory<byte>>? Noise = null);

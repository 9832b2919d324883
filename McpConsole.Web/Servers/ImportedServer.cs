using System.Collections.Immutable;
using McpConsole.Domain.Results;
using McpConsole.Domain.Servers;

namespace McpConsole.Web.Servers;

/// <summary>One entry of an <c>mcpServers</c> block: a draft, or the reason why it gives none.</summary>
/// <param name="Notes">What the reader should know of the draft, for example a placeholder that only the other client can fill in.</param>
public sealed record ImportedServer(string Name, Result<ServerDraft> Draft, ImmutableArray<string> Notes);

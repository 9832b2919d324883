using System.Collections.Immutable;
using System.Text.Json;
using McpConsole.Domain.Accounts;
using McpConsole.Domain.Results;
using McpConsole.Domain.Servers;

namespace McpConsole.Domain.Tools;

/// <summary>Lists and calls the tools of a running server, over MCP, whatever its launch kind.</summary>
public interface IToolClient
{
    Task<Result<ImmutableArray<ToolInfo>>> ListAsync(ServerId server, CancellationToken cancellationToken);

    /// <summary>Calls a tool; needs the role Developer. What the tool answers, an error of its own included, is the value.</summary>
    Task<Result<ToolOutcome>> CallAsync(ServerId server, string tool, JsonElement arguments, Actor actor, CancellationToken cancellationToken);
}

/// <param name="Result">The result object of tools/call: content, structuredContent, isError.</param>
public sealed record ToolOutcome(JsonElement Result, bool IsError, TimeSpan Duration);

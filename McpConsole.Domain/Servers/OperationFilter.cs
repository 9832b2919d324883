using System.Collections.Immutable;

namespace McpConsole.Domain.Servers;

/// <summary>
/// Picks operations of an OpenAPI document. A pattern is an operation id, a tool name, <c>tag:NAME</c>, <c>METHOD /path</c> or a path;
/// <c>*</c> stands for any run of characters. An operation is kept when an include matches (or there is none) and no exclude does.
/// </summary>
public sealed record OperationFilter(ImmutableArray<string> Include, ImmutableArray<string> Exclude)
{
    public static OperationFilter All { get; } = new([], []);
}

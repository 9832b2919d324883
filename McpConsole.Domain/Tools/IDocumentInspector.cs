using System.Collections.Immutable;
using McpConsole.Domain.Results;
using McpConsole.Domain.Servers;

namespace McpConsole.Domain.Tools;

/// <summary>Shows which tools an OpenAPI document gives, before a server is made of it.</summary>
public interface IDocumentInspector
{
    /// <summary>Every fault that keeps the document from being used is an error of the result.</summary>
    /// <param name="document">An http(s) URL or a file path.</param>
    Task<Result<DocumentPreview>> InspectAsync(string document, OperationFilter operations, CancellationToken cancellationToken);
}

/// <param name="Format">«OpenAPI 3.1.0», «Swagger 2.0».</param>
/// <param name="BaseUrl">Where calls will go; null where the document names no server, then one must be given.</param>
/// <param name="Operations">Every operation in the document, in its order.</param>
/// <param name="TotalTokens">Of the tools that are kept.</param>
/// <param name="Warnings">Faults that do not keep the document from being used, each with its place.</param>
public sealed record DocumentPreview(
    string Title,
    string? Version,
    string Format,
    string? BaseUrl,
    ImmutableArray<OperationPreview> Operations,
    int TotalTokens,
    ImmutableArray<string> Warnings);

/// <param name="OperationId">As in the document, or made from method and path.</param>
/// <param name="ToolName">The name of its tool; null when it is skipped for a fault.</param>
/// <param name="Selected">Whether the filter keeps it.</param>
/// <param name="SkippedBecause">The fault that keeps it from becoming a tool; null when it becomes one.</param>
public sealed record OperationPreview(
    string OperationId,
    string Method,
    string Path,
    ImmutableArray<string> Tags,
    string? ToolName,
    string? Description,
    int Tokens,
    bool Selected,
    string? SkippedBecause);

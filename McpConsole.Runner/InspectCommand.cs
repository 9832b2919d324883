using System.Globalization;
using McpConsole.Domain.Tools;
using McpConsole.Mcp.OpenApi;
using McpConsole.Mcp.OpenApi.Documents;

namespace McpConsole.Runner;

/// <summary><c>mcpc inspect</c>: which tools a document gives, their size, and what was left out and why.</summary>
internal static class InspectCommand
{
    /// <returns>False when the document cannot be used; the faults are on standard error, one line each.</returns>
    public static async Task<bool> RunAsync(RunnerOptions options, CancellationToken cancellationToken)
    {
        using var inspector = new DocumentInspector(DocumentOptions.Default);
        var inspected = await inspector.InspectAsync(options.Document, Access.Filter(options), cancellationToken);
        if (!inspected.IsOk)
        {
            foreach (var error in inspected.Errors)
            {
                await Console.Error.WriteLineAsync(error.Message);
            }

            return false;
        }

        Write(Console.Out, inspected.Value);
        return true;
    }

    private static void Write(TextWriter output, DocumentPreview preview)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{preview.Title} {preview.Version} ({preview.Format}), calls go to {preview.BaseUrl ?? "nowhere: give --base-url"}"));
        foreach (var operation in preview.Operations)
        {
            output.WriteLine(operation switch
            {
                { SkippedBecause: { } why } => $"     -  {operation.Method} {operation.Path}: skipped, {why}",
                { Selected: false } => $"     -  {operation.Method} {operation.Path}: not picked",
                _ => string.Create(CultureInfo.InvariantCulture, $"{operation.Tokens,6}  {operation.ToolName}  {operation.Method} {operation.Path}"),
            });
        }

        foreach (var warning in preview.Warnings)
        {
            output.WriteLine($"warning: {warning}");
        }

        var kept = preview.Operations.Count(operation => operation is { Selected: true, ToolName: not null });
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{kept} of {preview.Operations.Length} operations are tools, {preview.TotalTokens} tokens in all"));
    }
}

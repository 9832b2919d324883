using System.Collections.Immutable;
using McpConsole.Domain.Processes;
using McpConsole.Domain.Results;
using McpConsole.Domain.Servers;

namespace McpConsole.Web.Servers;

/// <summary>An entry of the import dialog, and what came of it.</summary>
internal sealed class ImportRow(ImportedServer entry)
{
    public string Name => entry.Name;

    public ServerDraft? Draft { get; } = entry.Draft.IsOk ? entry.Draft.Value : null;

    public ImmutableArray<string> Notes => entry.Notes;

    public bool Chosen { get; set; } = entry.Draft.IsOk;

    public bool Done { get; set; }

    public Error? Error { get; set; } = entry.Draft.Error;

    public bool CanImport => Draft is not null && !Done;

    public string What => Draft is { Command.Length: > 0 } ? string.Join(' ', Draft.Command.Select(ShellLine.Quote)) : Draft?.Url ?? "";
}

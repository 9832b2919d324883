using System.Collections.Immutable;
using McpConsole.Domain.Results;
using McpConsole.Domain.Servers;
using McpConsole.Web.Accounts;
using McpConsole.Web.Resources;
using McpConsole.Web.Servers;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Radzen;

namespace McpConsole.Web.Components.Dialogs;

/// <summary>Makes servers of a block of <c>mcpServers</c> JSON; each entry is told apart: made, or why not.</summary>
public sealed partial class ImportDialog
{
    // A circuit takes messages of 32 KB at most; a longer one would end it.
    private const int MaxLength = 24_000;

    private const string Example = """{ "mcpServers": { "files": { "command": "npx", "args": ["-y", "@modelcontextprotocol/server-filesystem", "/srv"] } } }""";

    private string _text = "";
    private bool _start = true;
    private bool _busy;
    private ImmutableArray<Error> _errors = [];
    private ImmutableArray<ImportRow> _found = [];

    [Inject]
    public required DialogService Dialogs { get; init; }

    [Inject]
    public required IServerCommands Commands { get; init; }

    [Inject]
    internal CurrentUser User { get; init; } = null!;

    [Inject]
    public required IStringLocalizer<ErrorTexts> E { get; init; }

    private void Read()
    {
        var result = McpServersJson.Parse(_text);
        _errors = result.Errors;
        _found = result.IsOk ? [.. result.Value.Select(server => new ImportRow(server))] : [];
    }

    private async Task ImportAsync()
    {
        _busy = true;
        var actor = await User.ActorAsync();
        foreach (var row in _found.Where(row => row.Chosen && row.CanImport))
        {
            var created = await Commands.CreateAsync(row.Draft!, actor, CancellationToken.None);
            row.Error = created.Error;
            row.Done = created.IsOk;
            if (created.IsOk && _start)
            {
                // Not waited for: the list behind shows how it goes.
                await Commands.StartAsync(created.Value.Id, actor, wait: false, CancellationToken.None);
            }
        }

        _busy = false;
        if (_found.All(row => row.Done || !row.Chosen))
        {
            Dialogs.Close(true);
        }
    }
}

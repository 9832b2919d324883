using System.ComponentModel;
using System.Text.Json;
using McpConsole.Domain.Accounts;
using McpConsole.Domain.Results;
using McpConsole.Domain.Servers;
using McpConsole.Web.Servers;
using Microsoft.AspNetCore.Http.HttpResults;

namespace McpConsole.Web.Endpoints;

/// <summary>Servers from the settings of an MCP client.</summary>
internal static class ImportApi
{
    public static void MapImport(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/servers/import", ImportAsync).WithTags("Servers").WithName("importServers").WithSummary("Create servers from an mcpServers block")
            .WithDescription("Takes the JSON that Claude Desktop, Cursor or VS Code keep their servers in. One wrong entry does not hold up the others.")
            .RequireAuthorization(Policies.Operate);

    private static async Task<Results<Ok<ImportView>, ProblemHttpResult>> ImportAsync(
        JsonElement body,
        IServerCommands commands,
        Caller caller,
        CancellationToken cancellationToken,
        [Description("Only show what would be created.")] bool dryRun = false)
    {
        var parsed = McpServersJson.Parse(body.GetRawText());
        if (!parsed.IsOk)
        {
            return parsed.Errors.ToProblem();
        }

        var items = new List<ImportItem>();
        foreach (var entry in parsed.Value)
        {
            items.Add(await OneAsync(entry));
        }

        return TypedResults.Ok(new ImportView(items));

        async Task<ImportItem> OneAsync(ImportedServer entry)
        {
            if (!entry.Draft.TryGet(out var draft, out _))
            {
                return Refused(entry, entry.Draft.Errors);
            }

            if (dryRun)
            {
                var wrong = ServerDraftValidator.Validate(draft, null);
                return wrong.IsEmpty ? new ImportItem(entry.Name, null, entry.Notes, []) : Refused(entry, wrong);
            }

            var created = await commands.CreateAsync(draft, caller.Actor, cancellationToken);
            return created.IsOk ? new ImportItem(entry.Name, created.Value.Id.ToString(), entry.Notes, []) : Refused(entry, created.Errors);
        }
    }

    private static ImportItem Refused(ImportedServer entry, IEnumerable<Error> errors) =>
        new(entry.Name, null, entry.Notes, [.. errors.Select(e => new ImportError(e.Field, e.Code, e.Message))]);
}

internal sealed record ImportView(IReadOnlyList<ImportItem> Items);

/// <param name="Id">The new server's; null when it was not created.</param>
/// <param name="Notes">What to look at before it is started.</param>
internal sealed record ImportItem(string Name, string? Id, IReadOnlyList<string> Notes, IReadOnlyList<ImportError> Errors);

internal sealed record ImportError(string? Field, string Code, string Message);

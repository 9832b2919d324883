using System.Collections.Immutable;
using System.Text.Json;
using McpConsole.Domain.Accounts;
using McpConsole.Domain.Servers;
using McpConsole.Domain.Tools;
using Microsoft.AspNetCore.Http.HttpResults;

namespace McpConsole.Web.Endpoints;

/// <summary>The tools of a running server, and those that a document would give.</summary>
internal static class ToolsApi
{
    public static void MapTools(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithTags("Tools").AddEndpointFilter(ServerRef.AnswerUnknownServers);
        group.MapGet("/servers/{id}/tools", ListAsync).WithName("listTools").WithSummary("List a running server's tools");
        group.MapPost("/servers/{id}/tools/{name}", CallAsync).WithName("callTool").WithSummary("Call a tool")
            .WithDescription("The body is the tool's arguments. An error that the tool itself answers is an answer with isError set.")
            .RequireAuthorization(Policies.Operate);
        group.MapPost("/documents/inspect", InspectAsync).WithName("inspectDocument").WithSummary("Show which tools an OpenAPI document gives")
            .RequireAuthorization(Policies.Operate);
    }

    private static async Task<Results<Ok<ToolsView>, ProblemHttpResult>> ListAsync(ServerRef server, IToolClient tools, CancellationToken cancellationToken) =>
        (await tools.ListAsync(server.Id, cancellationToken)).ToOk(list => new ToolsView(list, list.Sum(t => t.Tokens)));

    private static async Task<Results<Ok<CallView>, ProblemHttpResult>> CallAsync(
        ServerRef server, string name, JsonElement arguments, IToolClient tools, Caller caller, CancellationToken cancellationToken) =>
        (await tools.CallAsync(server.Id, name, arguments, caller.Actor, cancellationToken))
            .ToOk(outcome => new CallView(outcome.Result, outcome.IsError, outcome.Duration.TotalMilliseconds));

    private static async Task<Results<Ok<DocumentPreview>, ProblemHttpResult>> InspectAsync(
        InspectBody body, IDocumentInspector inspector, CancellationToken cancellationToken)
    {
        var operations = new OperationFilter([.. body.Operations?.Include ?? []], [.. body.Operations?.Exclude ?? []]);
        return (await inspector.InspectAsync(body.Document ?? "", operations, cancellationToken)).ToOk(preview => preview);
    }
}

/// <param name="Tokens">About what the whole list costs a model.</param>
internal sealed record ToolsView(ImmutableArray<ToolInfo> Items, int Tokens);

/// <param name="Result">What tools/call answered: content, structuredContent, isError.</param>
internal sealed record CallView(JsonElement Result, bool IsError, double DurationMilliseconds);

/// <param name="Document">An http(s) URL or a file path on the console's machine.</param>
internal sealed record InspectBody(string? Document, OperationsBody? Operations = null);

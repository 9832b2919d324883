using System.Collections.Immutable;
using System.ComponentModel;
using McpConsole.Domain.Accounts;
using McpConsole.Domain.Processes;
using McpConsole.Domain.Results;
using McpConsole.Domain.Servers;
using Microsoft.AspNetCore.Http.HttpResults;

namespace McpConsole.Web.Endpoints;

/// <summary>The servers' definitions, and how they are.</summary>
internal static class ServersApi
{
    public static void MapServers(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/servers").WithTags("Servers").AddEndpointFilter(ServerRef.AnswerUnknownServers);
        group.MapGet("", List).WithName("listServers").WithSummary("List servers");
        group.MapGet("/{id}", Get).WithName("getServer").WithSummary("Get a server");
        group.MapGet("/{id}/status", GetStatus).WithName("getServerStatus").WithSummary("Get how a server is now");
        group.MapGet("/{id}/command", GetCommand).WithName("getServerCommand").WithSummary("Get what is, or would be, executed for a server")
            .WithDescription("Secrets stand as shell variables; the line, pasted in a shell that has them, does the same.");

        var change = group.MapGroup("").RequireAuthorization(Policies.Operate);
        change.MapPost("", CreateAsync).WithName("createServer").WithSummary("Create a server");
        change.MapPut("/{id}", UpdateAsync).WithName("updateServer").WithSummary("Replace a server's definition")
            .WithDescription("A running server goes on with the old definition until it is restarted.");
        change.MapDelete("/{id}", DeleteAsync).WithName("deleteServer").WithSummary("Stop and delete a server, with its log");
    }

    private static Results<Ok<PageOf<ServerView>>, ProblemHttpResult> List(
        IServerCatalog catalog,
        [AsParameters] Paging paging,
        [Description("States, parted by commas.")] string? state = null,
        [Description("Servers with this tag.")] string? tag = null,
        [Description("Part of a name, description or tag.")] string? q = null)
    {
        var (states, wrong) = Words.Parse<Lifecycle>(state, "state");
        if (wrong.AddRange(paging.Errors) is { IsEmpty: false } errors)
        {
            return errors.ToProblem();
        }

        var found = catalog.All.Where(server =>
            (states.IsEmpty || states.Contains(server.State))
            && (tag is null || server.Definition.Tags.Contains(tag, StringComparer.OrdinalIgnoreCase))
            && (string.IsNullOrWhiteSpace(q) || Mentions(server, q.Trim())));
        return TypedResults.Ok(paging.Cut(found.ToImmutableArray(), ServerView.Of));
    }

    private static bool Mentions(ServerSnapshot server, string text) =>
        server.Definition.Tags.Append(server.Name).Append(server.Definition.Description ?? "")
            .Any(candidate => candidate.Contains(text, StringComparison.OrdinalIgnoreCase));

    private static Ok<ServerView> Get(ServerRef server) => TypedResults.Ok(ServerView.Of(server.Snapshot));

    private static Ok<StatusView> GetStatus(ServerRef server) => TypedResults.Ok(StatusView.Of(server.Snapshot));

    private static Results<Ok<CommandView>, ProblemHttpResult> GetCommand(ServerRef server, ILaunchPreview preview) =>
        preview.Preview(server.Snapshot.Definition) is { } plan
            ? TypedResults.Ok(CommandView.Of(plan))
            : new Error("server.not_launched", ErrorKind.Conflict, "{0} runs elsewhere: nothing is executed for it.", server.Snapshot.Name).ToProblem();

    private static async Task<Results<Created<ServerView>, ProblemHttpResult>> CreateAsync(
        ServerBody body, IServerCommands commands, Caller caller, CancellationToken cancellationToken)
    {
        var created = await commands.CreateAsync(body.ToDraft(), caller.Actor, cancellationToken);
        return created.IsOk ? TypedResults.Created($"/api/servers/{created.Value.Id}", ServerView.Of(created.Value)) : created.Errors.ToProblem();
    }

    private static async Task<Results<Ok<ServerView>, ProblemHttpResult>> UpdateAsync(
        ServerRef server, ServerBody body, IServerCommands commands, Caller caller, CancellationToken cancellationToken) =>
        (await commands.UpdateAsync(server.Id, body.ToDraft(), caller.Actor, cancellationToken)).ToOk(ServerView.Of);

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        ServerRef server, IServerCommands commands, Caller caller, CancellationToken cancellationToken) =>
        (await commands.DeleteAsync(server.Id, caller.Actor, cancellationToken)).ToNoContent();
}

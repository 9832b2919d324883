using System.ComponentModel;
using McpConsole.Domain.Accounts;
using McpConsole.Domain.Results;
using McpConsole.Domain.Servers;
using Microsoft.AspNetCore.Http.HttpResults;

namespace McpConsole.Web.Endpoints;

/// <summary>Start, stop, restart and check, one server or many.</summary>
internal static class LifecycleApi
{
    private const string WaitText = "False answers 202 as soon as the command is accepted.";

    public static void MapLifecycle(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").RequireAuthorization(Policies.Operate).AddEndpointFilter(ServerRef.AnswerUnknownServers);
        var servers = group.MapGroup("/servers").WithTags("Servers");
        servers.MapPost("/{id}/start", StartAsync).WithName("startServer").WithSummary("Start a server")
            .WithDescription("Answers when the server answers MCP, or has failed to.");
        servers.MapPost("/{id}/stop", StopAsync).WithName("stopServer").WithSummary("Stop a server")
            .WithDescription("Answers when none of its processes is left.");
        servers.MapPost("/{id}/restart", RestartAsync).WithName("restartServer").WithSummary("Restart a server");
        servers.MapPost("/{id}/check", CheckAsync).WithName("checkServer").WithSummary("Probe a server's health now");
        servers.MapPost("/bulk", BulkAsync).WithName("bulkServers").WithSummary("Start, stop, restart or delete many servers");
        group.MapPost("/processes/{id}/restart", RestartAsync).WithName("restartProcess").WithSummary("Restart a server's process").WithTags("Processes");
    }

    private static async Task<Results<Ok<StateView>, Accepted<StateView>, ProblemHttpResult>> StartAsync(
        ServerRef server, IServerCommands commands, IServerCatalog catalog, Caller caller, CancellationToken cancellationToken, [Description(WaitText)] bool wait = true) =>
        Answer(await commands.StartAsync(server.Id, caller.Actor, wait, cancellationToken), server.Id, catalog, wait);

    private static async Task<Results<Ok<StateView>, Accepted<StateView>, ProblemHttpResult>> StopAsync(
        ServerRef server, IServerCommands commands, IServerCatalog catalog, Caller caller, CancellationToken cancellationToken, [Description(WaitText)] bool wait = true) =>
        Answer(await commands.StopAsync(server.Id, caller.Actor, wait, cancellationToken), server.Id, catalog, wait);

    private static async Task<Results<Ok<StateView>, Accepted<StateView>, ProblemHttpResult>> RestartAsync(
        ServerRef server, IServerCommands commands, IServerCatalog catalog, Caller caller, CancellationToken cancellationToken, [Description(WaitText)] bool wait = true) =>
        Answer(await commands.RestartAsync(server.Id, caller.Actor, wait, cancellationToken), server.Id, catalog, wait);

    private static async Task<Results<Ok<HealthView>, ProblemHttpResult>> CheckAsync(
        ServerRef server, IServerCommands commands, CancellationToken cancellationToken) =>
        (await commands.CheckHealthAsync(server.Id, cancellationToken)).ToOk(HealthView.Of);

    private static async Task<Results<Ok<IReadOnlyList<BulkView>>, ProblemHttpResult>> BulkAsync(
        BulkBody body, IServerCommands commands, IServerCatalog catalog, Caller caller, CancellationToken cancellationToken)
    {
        if (body is not { Ids.Count: > 0, Action: { } action })
        {
            return new Error("bulk.empty", ErrorKind.Invalid, "Give the servers and what to do with them.").At(body.Action is null ? "action" : "ids").ToProblem();
        }

        // All at once: each server has its own actor, and one that is slow to stop must not hold up the rest.
        return TypedResults.Ok<IReadOnlyList<BulkView>>(await Task.WhenAll(body.Ids.Distinct().Select(OneAsync)));

        async Task<BulkView> OneAsync(string id)
        {
            if (catalog.Find(id) is not { } server)
            {
                return new BulkView(id, null, ErrorView.Of(ServerErrors.NotFound(id)));
            }

            var error = action == BulkAction.Delete
                ? (await commands.DeleteAsync(server.Id, caller.Actor, cancellationToken)).Error
                : (await RunAsync(server.Id, action)).Error;
            var after = catalog.Find(server.Id);
            return new BulkView(server.Id.ToString(), after?.State, ErrorView.Of(error ?? after?.Error));
        }

        Task<Result<ServerSnapshot>> RunAsync(ServerId id, BulkAction what) => what switch
        {
            BulkAction.Start => commands.StartAsync(id, caller.Actor, wait: true, cancellationToken),
            BulkAction.Stop => commands.StopAsync(id, caller.Actor, wait: true, cancellationToken),
            _ => commands.RestartAsync(id, caller.Actor, wait: true, cancellationToken),
        };
    }

    // A start that was tried and failed is an answer with the state and the error, not a fault of the call.
    private static Results<Ok<StateView>, Accepted<StateView>, ProblemHttpResult> Answer(
        Result<ServerSnapshot> result, ServerId id, IServerCatalog catalog, bool wait)
    {
        if (result.TryGet(out var server, out var error))
        {
            var view = StateView.Of(server);
            return wait ? TypedResults.Ok(view) : TypedResults.Accepted($"/api/servers/{id}/status", view);
        }

        return error.Kind is ErrorKind.Failed or ErrorKind.Timeout && catalog.Find(id) is { } now
            ? TypedResults.Ok(StateView.Of(now) with { Error = ErrorView.Of(error) })
            : result.Errors.ToProblem();
    }
}

/// <param name="Ids">Ids or names.</param>
internal sealed record BulkBody(IReadOnlyList<string>? Ids, BulkAction? Action);

internal enum BulkAction
{
    Start,
    Stop,
    Restart,
    Delete,
}

/// <param name="State">Null when the server is gone.</param>
internal sealed record BulkView(string Id, Lifecycle? State, ErrorView? Error);

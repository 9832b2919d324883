using System.Text.Json;
using System.Text.Json.Serialization;
using McpConsole.Domain.Accounts;
using McpConsole.Domain.Audit;
using McpConsole.Domain.Logs;
using McpConsole.Domain.Results;
using McpConsole.Domain.Servers;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace McpConsole.Infrastructure.Servers;

/// <summary>The one way to change a server: checks, records, and hands the command to the server's actor.</summary>
internal sealed partial class ServerCommands(
    ServerRegistry registry,
    IServerCatalog catalog,
    IServerStore store,
    ServerWishes wishes,
    ServerReporter reporter,
    ILogIntake intake,
    IAuditLog audit,
    IOptions<SupervisionOptions> options,
    TimeProvider time,
    ILogger<ServerCommands> logger) : IServerCommands, IDisposable
{
    private const Role Needed = Role.Developer;
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    // A name is checked and then taken, a definition read and then replaced: no other change may come between.
    private readonly SemaphoreSlim _changes = new(1);

    public async Task<Result<ServerSnapshot>> CreateAsync(ServerDraft draft, Actor actor, CancellationToken cancellationToken)
    {
        var result = await ChangeAsync(actor, () => SaveAsync(draft, null));
        Audit(actor, "server.create", draft.Name ?? "", result.Error, after: result.IsOk ? result.Value.Definition : null);
        return result;
    }

    public async Task<Result<ServerSnapshot>> UpdateAsync(ServerId id, ServerDraft draft, Actor actor, CancellationToken cancellationToken)
    {
        ServerDefinition? before = null;
        var result = await ChangeAsync(actor, () => (before = registry.Find(id)?.Snapshot.Definition) is null
            ? Task.FromResult<Result<ServerSnapshot>>(ServerErrors.NotFound(id))
            : SaveAsync(draft, before));
        Audit(actor, "server.update", before?.Name ?? id.ToString(), result.Error, before, result.IsOk ? result.Value.Definition : null);
        return result;
    }

    public async Task<Result<Done>> DeleteAsync(ServerId id, Actor actor, CancellationToken cancellationToken)
    {
        var definition = catalog.Find(id)?.Definition;
        var error = await DeleteNowAsync(id, actor, cancellationToken);
        Audit(actor, "server.delete", definition?.Name ?? id.ToString(), error, before: definition);
        return error is null ? new Done() : error;
    }

    public Task<Result<ServerSnapshot>> StartAsync(ServerId id, Actor actor, bool wait, CancellationToken cancellationToken) =>
        CommandAsync("server.start", id, actor, server => server.StartAsync(wait, cancellationToken));

    public Task<Result<ServerSnapshot>> StopAsync(ServerId id, Actor actor, bool wait, CancellationToken cancellationToken) =>
        CommandAsync("server.stop", id, actor, server => server.StopAsync(wait, cancellationToken));

    public Task<Result<ServerSnapshot>> RestartAsync(ServerId id, Actor actor, bool wait, CancellationToken cancellationToken) =>
        CommandAsync("server.restart", id, actor, server => server.RestartAsync(wait, cancellationToken));

    public async Task<Result<Health>> CheckHealthAsync(ServerId id, CancellationToken cancellationToken) =>
        registry.Find(id) is { } server ? await server.CheckHealthAsync(cancellationToken) : ServerErrors.NotFound(id);

    public void Dispose() => _changes.Dispose();

    private async Task<Result<ServerSnapshot>> CommandAsync(string action, ServerId id, Actor actor, Func<ServerActor, Task<Result<ServerSnapshot>>> command)
    {
        var server = registry.Find(id);
        Result<ServerSnapshot> result = !actor.Can(Needed) ? ServerErrors.Forbidden(Needed)
            : server is null ? ServerErrors.NotFound(id)
            : await command(server);
        Audit(actor, action, server?.Snapshot.Name ?? id.ToString(), result.Error);
        return result;
    }

    /// <summary>Changes come one after the other, and are carried through: a caller that goes away must not leave half of one.</summary>
    private async Task<Result<ServerSnapshot>> ChangeAsync(Actor actor, Func<Task<Result<ServerSnapshot>>> change)
    {
        if (!actor.Can(Needed))
        {
            return ServerErrors.Forbidden(Needed);
        }

        await _changes.WaitAsync(CancellationToken.None);
        try
        {
            return await change();
        }
        finally
        {
            _changes.Release();
        }
    }

    private async Task<Result<ServerSnapshot>> SaveAsync(ServerDraft draft, ServerDefinition? stored)
    {
        var id = stored?.Id ?? new ServerId(Guid.CreateVersion7());
        var made = WithDefaults(draft).ToDefinition(stored, id, time.GetUtcNow());
        if (!made.IsOk)
        {
            return Result<ServerSnapshot>.Fail(made.Errors);
        }

        var definition = made.Value;
        if (catalog.Find(definition.Name) is { } namesake && namesake.Id != id)
        {
            return ServerErrors.NameTaken(definition.Name);
        }

        if (!await TryStoreAsync(() => store.SaveAsync(definition, CancellationToken.None), definition.Name))
        {
            return ServerErrors.StoreUnavailable(definition.Name);
        }

        return stored is null ? Add(definition) : await ReplaceAsync(definition);
    }

    private ServerSnapshot Add(ServerDefinition definition)
    {
        var actor = registry.Add(new StoredServer(definition, ShallRun: false, PickedPort: null));
        wishes.KeepLocally(definition, shallRun: false);
        reporter.Report(definition, ServerEventKind.Created, null, "Created");
        return actor.Snapshot;
    }

    private async Task<Result<ServerSnapshot>> ReplaceAsync(ServerDefinition definition)
    {
        if (registry.Find(definition.Id) is not { } server || !await server.UpdateAsync(definition))
        {
            return ServerErrors.NotFound(definition.Name);
        }

        reporter.Report(definition, ServerEventKind.Updated, null, "Changed, revision {0}", definition.Revision);
        return server.Snapshot;
    }

    private async Task<Error?> DeleteNowAsync(ServerId id, Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.Can(Needed))
        {
            return ServerErrors.Forbidden(Needed);
        }

        if (registry.Find(id) is not { } server)
        {
            return ServerErrors.NotFound(id);
        }

        await server.StopAsync(wait: true, cancellationToken);
        var removed = await ChangeAsync(actor, () => RemoveStoredAsync(server.Snapshot));
        if (!removed.IsOk)
        {
            return removed.Error;
        }

        await CloseAsync(server);
        await intake.RemoveAsync(id, CancellationToken.None);
        return null;
    }

    // In turn with changes: one that came in between would bring the server back.
    private async Task<Result<ServerSnapshot>> RemoveStoredAsync(ServerSnapshot server)
    {
        if (!await TryStoreAsync(() => store.DeleteAsync(server.Id, CancellationToken.None), server.Name))
        {
            return ServerErrors.StoreUnavailable(server.Name);
        }

        return registry.Remove(server.Id) ? server : ServerErrors.NotFound(server.Id);
    }

    /// <summary>The database no longer has it. Its log stays: the database may be the wrong one.</summary>
    internal async Task RemoveAsync(ServerActor server)
    {
        if (registry.Remove(server.Snapshot.Id))
        {
            await CloseAsync(server);
        }
    }

    private async Task CloseAsync(ServerActor server)
    {
        await server.DeleteAsync();
        reporter.Report(server.Snapshot.Definition, ServerEventKind.Deleted, null, "Deleted");
        wishes.Forget(server.Snapshot.Id);
    }

    private ServerDraft WithDefaults(ServerDraft draft) => draft with
    {
        Restart = draft.Restart ?? new RestartRule(MaxRetries: options.Value.MaxRetries),
        Transport = draft.Transport ?? (draft.OpenApiUrl is null ? null : options.Value.DefaultTransport),
    };

    private async Task<bool> TryStoreAsync(Func<Task> work, string name)
    {
        try
        {
            await work();
            return true;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // The port says only that it throws its own exception: whichever it is, nothing was changed.
            LogStoreFault(fault, name);
            return false;
        }
    }

    private void Audit(Actor actor, string action, string target, Error? error, ServerDefinition? before = null, ServerDefinition? after = null) =>
        audit.Append(new AuditEntry(
            time.GetUtcNow(),
            actor.Name,
            actor.Address,
            action,
            target,
            error?.Code ?? "ok",
            Masked(before),
            Masked(after)));

    // As a client would send it: in a draft every secret is a mask.
    private static string? Masked(ServerDefinition? definition) => definition is null ? null : JsonSerializer.Serialize(definition.ToDraft(), s_json);

    [LoggerMessage(1040, LogLevel.Warning, "The database did not take the change of server {Name}.")]
    private partial void LogStoreFault(Exception fault, string name);
}

using System.Collections.Immutable;
using System.Text.Json;
using McpConsole.Domain.Servers;
using McpConsole.Infrastructure.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace McpConsole.Infrastructure.Servers;

/// <remarks>Throws <see cref="DatabaseUnavailableException"/> while the database is away; only loading waits for it, without limit.</remarks>
internal sealed partial class ServerStore(ConsoleDatabase database, DefinitionJson json, ILogger<ServerStore> logger) : IServerStore
{
    public async Task<LoadedServers> LoadAllAsync(CancellationToken cancellationToken)
    {
        await database.WhenReadyAsync(cancellationToken);
        var rows = await database.RunAsync(
            (context, token) => context.Servers.AsNoTracking().OrderBy(row => row.Name).ToArrayAsync(token), cancellationToken);
        var servers = ImmutableArray.CreateBuilder<StoredServer>();
        var unreadable = ImmutableArray.CreateBuilder<ServerId>();
        foreach (var row in rows)
        {
            try
            {
                servers.Add(new StoredServer(json.Read(row.Definition), row.ShallRun, row.PickedPort));
            }
            catch (JsonException fault)
            {
                unreadable.Add(new(row.Id));
                LogUnreadable(row.Name, row.Id, fault.Message);
            }
        }

        return new LoadedServers(servers.ToImmutable(), unreadable.ToImmutable());
    }

    public Task SaveAsync(ServerDefinition definition, CancellationToken cancellationToken) => database.RunAsync(
        async (context, token) =>
        {
            var text = json.Write(definition);
            if (await context.Servers.FindAsync([definition.Id.Value], token) is { } row)
            {
                (row.Name, row.Definition) = (definition.Name, text);
            }
            else
            {
                context.Servers.Add(new() { Id = definition.Id.Value, Name = definition.Name, Definition = text });
            }

            return await context.SaveChangesAsync(token);
        },
        cancellationToken);

    public Task SaveDesiredAsync(ServerId id, bool shallRun, int? port, CancellationToken cancellationToken) => database.RunAsync(
        (context, token) => context.Servers.Where(row => row.Id == id.Value).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.ShallRun, shallRun).SetProperty(row => row.PickedPort, port), token),
        cancellationToken);

    /// <summary>The server's events and runs stay: they are history.</summary>
    public Task DeleteAsync(ServerId id, CancellationToken cancellationToken) => database.RunAsync(
        (context, token) => context.Servers.Where(row => row.Id == id.Value).ExecuteDeleteAsync(token), cancellationToken);

    [LoggerMessage(1050, LogLevel.Error, "The stored definition of server {Name} ({Id}) cannot be read, and it is left out: {Reason}")]
    private partial void LogUnreadable(string name, Guid id, string reason);
}

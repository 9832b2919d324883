using McpConsole.Domain.Results;
using McpConsole.Domain.Servers;
using McpConsole.Infrastructure.Processes;

namespace McpConsole.Infrastructure.Servers;

/// <summary>Servers that run elsewhere: nothing is started, they are looked at.</summary>
internal sealed class RemoteRunSource(ServerDefinition definition, RemoteLaunch launch, TimeProvider time) : IRunSource
{
    public Task<Result<ServerRun>> LaunchAsync(CancellationToken cancellationToken) =>
        Task.FromResult<Result<ServerRun>>(new ServerRun(definition, new Uri(launch.Url)) { LaunchedAt = time.GetUtcNow() });

    public Task<ExitStatus> StopAsync(ServerRun run) => Task.FromResult(new ExitStatus(null, null, time.GetUtcNow()));

    public Task CleanUpAsync(ServerRun run) => Task.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

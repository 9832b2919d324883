using McpConsole.Domain.Results;
using McpConsole.Infrastructure.Processes;

namespace McpConsole.Infrastructure.Servers;

/// <summary>
/// Makes the runs of one server, from the command that starts it to its end; there is one kind for each kind of launch. What outlasts a
/// single run, such as a bridge's listener, belongs to it. Used by the server's actor alone.
/// </summary>
internal interface IRunSource : IAsyncDisposable
{
    Task<Result<ServerRun>> LaunchAsync(CancellationToken cancellationToken);

    /// <summary>Ends the run; completes when nothing of it is left.</summary>
    Task<ExitStatus> StopAsync(ServerRun run);

    /// <summary>Ends what a run left behind that ended by itself.</summary>
    Task CleanUpAsync(ServerRun run);
}

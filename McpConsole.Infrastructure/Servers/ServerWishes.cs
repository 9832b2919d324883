using McpConsole.Domain.Servers;
using McpConsole.Infrastructure.Processes;
using Microsoft.Extensions.Logging;

namespace McpConsole.Infrastructure.Servers;

/// <summary>Keeps what each server shall do, on disk at once and in the database when it takes it.</summary>
internal sealed partial class ServerWishes(LocalDefinitions local, DesiredStates desired, PortAllocator ports, ILogger<ServerWishes> logger)
{
    public void Keep(ServerDefinition definition, bool shallRun)
    {
        KeepLocally(definition, shallRun);
        desired.Set(definition.Id, shallRun, ports.Reserved(definition.Id));
    }

    /// <summary>The definition is in the database already; only the copy is renewed.</summary>
    public void KeepLocally(ServerDefinition definition, bool shallRun)
    {
        try
        {
            local.Write(new StoredServer(definition, shallRun, ports.Reserved(definition.Id)));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // A full disk: the database still gets it, and the servers go on.
            LogNotKept(definition.Name, fault.Message);
        }
    }

    public void Forget(ServerId server)
    {
        desired.Forget(server);
        ports.Release(server);
        local.Delete(server);
    }

    [LoggerMessage(1031, LogLevel.Warning, "Server {Name}: its copy in the data folder was not renewed: {Reason}")]
    private partial void LogNotKept(string name, string reason);
}

using McpConsole.Domain.Processes;
using McpConsole.Domain.Results;
using McpConsole.Domain.Servers;
using McpConsole.Infrastructure.Processes;

namespace McpConsole.Infrastructure.Servers;

/// <summary>Chooses the kind of run source for a definition, and its port.</summary>
internal sealed class RunSources(RunSourceParts parts, PortAllocator ports) : ILaunchPreview
{
    public Result<IRunSource> Create(ServerDefinition definition, RunObserver observer)
    {
        if (definition.Launch is RemoteLaunch remote)
        {
            return new RemoteRunSource(definition, remote, parts.Time);
        }

        if (!PortFor(definition).TryGet(out var port, out var error))
        {
            return error;
        }

        var plan = LaunchPlanner.Plan(definition, port, parts.Options.RunnerPath)!;
        return plan.IsStdio
            ? new BridgedRunSource(definition, plan, port, parts, observer)
            : new HttpRunSource(definition, plan, parts);
    }

    /// <summary>Takes over the run that an earlier console left, on the port that it has.</summary>
    public (IRunSource Source, ServerRun Run) Adopt(ServerDefinition definition, RunFile file, LiveProcess process)
    {
        ports.Reserve(definition.Id, file.Port!.Value);
        var source = new HttpRunSource(definition, LaunchPlanner.Plan(definition, file.Port.Value, parts.Options.RunnerPath)!, parts);
        return (source, source.Adopt(file, process));
    }

    public LaunchPlan? Preview(ServerDefinition definition) =>
        LaunchPlanner.Plan(definition, definition.Port ?? ports.Reserved(definition.Id) ?? ports.Next, parts.Options.RunnerPath);

    // A picked port that another program took meanwhile is given up for a new one; a port that someone chose is not.
    private Result<int> PortFor(ServerDefinition definition)
    {
        if (definition.Port is { } chosen)
        {
            ports.Reserve(definition.Id, chosen);
            return chosen;
        }

        return ports.Reserved(definition.Id) is { } kept && PortAllocator.Check(kept) is null ? kept : ports.Pick(definition.Id);
    }
}

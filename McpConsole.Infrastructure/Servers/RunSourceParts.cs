using McpConsole.Domain.Logs;
using McpConsole.Domain.Processes;
using McpConsole.Infrastructure.Processes;
using Microsoft.Extensions.Options;

namespace McpConsole.Infrastructure.Servers;

/// <summary>What every kind of run source is made with.</summary>
internal sealed class RunSourceParts(
    RunFiles files,
    ProcessLauncher launcher,
    RunStopper stopper,
    RunSweeper sweeper,
    ResourceSampler sampler,
    ILogIntake intake,
    RunCloser closer,
    IBridgeHost bridges,
    IOptions<SupervisionOptions> options,
    TimeProvider time)
{
    public RunFiles Files => files;

    public ProcessLauncher Launcher => launcher;

    public RunStopper Stopper => stopper;

    public RunSweeper Sweeper => sweeper;

    public ResourceSampler Sampler => sampler;

    public ILogIntake Intake => intake;

    public RunCloser Closer => closer;

    public IBridgeHost Bridges => bridges;

    public SupervisionOptions Options => options.Value;

    public TimeProvider Time => time;
}

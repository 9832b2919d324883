using McpConsole.Domain.Servers;
using McpConsole.Infrastructure.Processes;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace McpConsole.Infrastructure.Servers;

/// <summary>What every server's actor works with.</summary>
internal sealed class ActorParts(
    ServerCatalog catalog,
    RunSources sources,
    IServerProbe probe,
    RunCloser closer,
    ServerReporter reporter,
    ServerWishes wishes,
    ResourceSampler sampler,
    IOptions<SupervisionOptions> options,
    TimeProvider time,
    ILogger<ServerActor> logger)
{
    public ServerCatalog Catalog => catalog;

    public RunSources Sources => sources;

    public IServerProbe Probe => probe;

    public RunCloser Closer => closer;

    public ServerReporter Reporter => reporter;

    public ServerWishes Wishes => wishes;

    public ResourceSampler Sampler => sampler;

    public SupervisionOptions Options => options.Value;

    public TimeProvider Time => time;

    public ILogger Logger => logger;
}

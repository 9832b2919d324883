using System.Collections.Immutable;
using McpConsole.Domain.Servers;

namespace McpConsole.Domain.Processes;

/// <summary>Samples of each server's process group, two seconds apart for the last hour in memory, by the minute beyond.</summary>
public interface IResourceHistory
{
    /// <summary>Accepts a sample; never waits.</summary>
    void Append(ServerId server, ResourceSample sample);

    /// <summary>The last samples in memory, oldest first, for a sparkline.</summary>
    ImmutableArray<ResourceSample> Recent(ServerId server, int count);

    /// <summary>Oldest first, over the last <paramref name="span"/>; at most some hundreds of points, averaged where there are more.</summary>
    Task<ImmutableArray<ResourceSample>> ReadAsync(ServerId server, TimeSpan span, CancellationToken cancellationToken);
}

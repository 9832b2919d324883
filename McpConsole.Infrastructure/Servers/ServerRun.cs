using System.Collections.Immutable;
using McpConsole.Domain.Processes;
using McpConsole.Domain.Servers;
using McpConsole.Infrastructure.Processes;

namespace McpConsole.Infrastructure.Servers;

/// <summary>
/// One life of a server, from launch to the end of its last process. What arrives for a run that is no longer its server's present one
/// is ignored: the object itself is the token.
/// </summary>
internal sealed class ServerRun : IDisposable
{
    private readonly CancellationTokenSource _ended = new();

    public ServerRun(ServerDefinition definition, Uri url) => (Definition, Url, Ended) = (definition, url, _ended.Token);

    public Guid Id { get; init; } = Guid.NewGuid();

    /// <summary>As it was at launch; the server's own may have changed since.</summary>
    public ServerDefinition Definition { get; }

    /// <summary>Where clients connect.</summary>
    public Uri Url { get; }

    public required DateTimeOffset LaunchedAt { get; init; }

    /// <summary>The leader of its processes; null for a remote server and for one child per session.</summary>
    public LiveProcess? Process { get; init; }

    public StdioChild? Child { get; init; }

    /// <summary>What clients connect to in place of the server itself.</summary>
    public IBridge? Bridge { get; init; }

    public RunInfo? Info { get; init; }

    public string CommandLine { get; init; } = "";

    /// <summary>Whether it goes on without the console.</summary>
    public bool OutlivesConsole => Process is not null && Child is null;

    /// <summary>Whether it ever answered MCP.</summary>
    public bool Answered { get; set; }

    /// <summary>Looks in a row that found it not answering.</summary>
    public int FailedLooks { get; set; }

    /// <summary>What the last look found, answered or not.</summary>
    public ProbeResult? LastLook { get; set; }

    /// <summary>Cancelled when the run is over for the console: its timers and looks end.</summary>
    public CancellationToken Ended { get; }

    public ProbeTarget Target(TimeSpan timeout) => new(
        Url,
        Definition.Transport == McpTransport.Stdio ? McpTransport.Streamable : Definition.Transport,
        Definition.Launch is RemoteLaunch remote ? remote.Headers : ImmutableSortedDictionary<string, Secret>.Empty,
        timeout);

    /// <summary>The measuring of its processes.</summary>
    public IDisposable? Sampling { get; set; }

    /// <summary>The console watches it no more. Its processes are ended elsewhere, or go on.</summary>
    public void Dispose()
    {
        if (!Ended.IsCancellationRequested)
        {
            _ended.Cancel();
            _ended.Dispose();
            Sampling?.Dispose();
        }
    }
}

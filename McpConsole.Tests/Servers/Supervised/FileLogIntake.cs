using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using McpConsole.Domain.Logs;
using McpConsole.Domain.Servers;
using McpConsole.Infrastructure;

namespace McpConsole.Tests.Servers.Supervised;

/// <summary>Real spool files, and what was asked of them.</summary>
internal sealed class FileLogIntake(DataFolder data) : ILogIntake
{
    public ConcurrentQueue<string> Notes { get; } = new();

    public ConcurrentDictionary<Guid, bool> Attached { get; } = new();

    public ConcurrentDictionary<Guid, bool> Drained { get; } = new();

    public ConcurrentDictionary<ServerId, bool> Removed { get; } = new();

    public SpoolPaths CreateSpool(ServerId server, Guid runId)
    {
        var paths = PathsOf(server, runId);
        Directory.CreateDirectory(Path.GetDirectoryName(paths.Stdout)!);
        File.WriteAllText(paths.Stdout, "");
        File.WriteAllText(paths.Stderr, "");
        return paths;
    }

    public void Attach(ServerId server, Guid runId, ImmutableArray<Secret> secrets) => Attached[runId] = true;

    public ImmutableArray<Guid> FindSpools(ServerId server)
    {
        var folder = Path.Combine(data.Server(server), "spool");
        return Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, "*.out").Select(f => Guid.Parse(Path.GetFileNameWithoutExtension(f)))] : [];
    }

    public Task DrainAsync(ServerId server, Guid runId, CancellationToken cancellationToken)
    {
        if (!Attached.ContainsKey(runId))
        {
            throw new InvalidOperationException("Not attached.");
        }

        Drained[runId] = true;
        File.Move(PathsOf(server, runId).Stdout, PathsOf(server, runId).Stdout + ".drained", overwrite: true);
        return Task.CompletedTask;
    }

    public async Task<ImmutableArray<string>> ReadStderrTailAsync(ServerId server, Guid runId, int lines, CancellationToken cancellationToken) =>
        File.Exists(PathsOf(server, runId).Stderr)
            ? [.. (await File.ReadAllLinesAsync(PathsOf(server, runId).Stderr, cancellationToken)).TakeLast(lines)]
            : [];

    public void Write(ServerId server, LogStream stream, ReadOnlySpan<byte> utf8Line) => Notes.Enqueue(Encoding.UTF8.GetString(utf8Line));

    public Task RemoveAsync(ServerId server, CancellationToken cancellationToken)
    {
        Removed[server] = true;
        return Task.CompletedTask;
    }

    public string ReadStdout(ServerId server, Guid runId) => File.ReadAllText(PathsOf(server, runId).Stdout);

    public SpoolPaths PathsOf(ServerId server, Guid runId)
    {
        var folder = Path.Combine(data.Server(server), "spool");
        return new SpoolPaths(Path.Combine(folder, $"{runId:N}.out"), Path.Combine(folder, $"{runId:N}.err"));
    }
}

using System.Collections.Immutable;
using System.Text;
using McpConsole.Domain.Logs;

namespace McpConsole.Infrastructure.Logs;

/// <summary>The two streams of one run.</summary>
internal sealed class SpoolRun(Guid id, SpoolFile stdout, SpoolFile stderr, SecretMask mask) : IDisposable
{
    private readonly List<TaskCompletionSource> _waiters = [];

    public Guid Id => id;

    public SpoolFile Stdout => stdout;

    public SpoolFile Stderr => stderr;

    public SecretMask Mask => mask;

    /// <summary>Whether no process of the run is left, and its spool goes when it is stored.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>With what is in the batch that is stored next.</summary>
    public SpoolOffsets Taken => new(id, stdout.Taken, stderr.Taken);

    public static SpoolPaths PathsIn(string folder, Guid runId) =>
        new(Path.Combine(folder, $"{runId:N}.out"), Path.Combine(folder, $"{runId:N}.err"));

    public static ImmutableArray<Guid> FindIn(string folder) => !Directory.Exists(folder)
        ? []
        : [.. Directory.EnumerateFiles(folder)
            .Select(path => Guid.TryParseExact(Path.GetFileNameWithoutExtension(path), "N", out var id) ? id : Guid.Empty)
            .Where(id => id != Guid.Empty)
            .Distinct()];

    public static bool Exists(string folder, Guid runId) =>
        PathsIn(folder, runId) is var paths && (File.Exists(paths.Stdout) || File.Exists(paths.Stderr));

    public static SpoolRun Open(string folder, Guid runId, SpoolOffsets offsets, SecretMask mask, TimeProvider time)
    {
        var paths = PathsIn(folder, runId);
        var stdout = new SpoolFile(paths.Stdout, LogStream.Stdout, offsets.Stdout, time);
        return new SpoolRun(runId, stdout, new SpoolFile(paths.Stderr, LogStream.Stderr, offsets.Stderr, time), mask);
    }

    /// <summary>The last lines of standard error as they stand in the spool, so also those that an earlier console stored.</summary>
    public ImmutableArray<string> StderrTail(int lines)
    {
        var buffer = new byte[SpoolFile.KeptTail];
        var end = stderr.ReadEnd(buffer);
        if (end.Length == buffer.Length)
        {
            // It begins somewhere within a line, perhaps within a secret.
            end = end[(end.IndexOf((byte)'\n') + 1)..];
        }

        var masked = new byte[end.Length * SecretMask.Growth];
        var text = Encoding.UTF8.GetString(masked, 0, mask.Apply(end, masked));
        return [.. text.TrimEnd('\n').Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.Length > 0).TakeLast(lines)];
    }

    /// <summary>Ends the run.</summary>
    /// <param name="waiter">Completed when all is stored, or cannot be stored now.</param>
    public void Drain(TaskCompletionSource waiter)
    {
        HasEnded = true;
        _waiters.Add(waiter);
    }

    public void ReleaseWaiters()
    {
        _waiters.ForEach(waiter => waiter.TrySetResult());
        _waiters.Clear();
    }

    public void Commit()
    {
        stdout.Commit();
        stderr.Commit();
    }

    public void Rollback()
    {
        stdout.Rollback();
        stderr.Rollback();
    }

    public void Delete()
    {
        Dispose();
        File.Delete(stdout.Path);
        File.Delete(stderr.Path);
    }

    public void Dispose()
    {
        stdout.Dispose();
        stderr.Dispose();
    }
}

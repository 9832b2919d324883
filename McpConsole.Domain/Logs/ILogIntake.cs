using System.Collections.Immutable;
using McpConsole.Domain.Servers;

namespace McpConsole.Domain.Logs;

/// <summary>
/// Takes in what servers print. The kernel appends a child's output to spool files; the intake reads on in them, over restarts of the
/// console too, so that no line is lost or stored twice.
/// </summary>
public interface ILogIntake
{
    /// <summary>Makes the spool files of a run; the launcher opens them for the child in append mode.</summary>
    SpoolPaths CreateSpool(ServerId server, Guid runId);

    /// <summary>Starts, or after a restart of the console resumes, reading a run's spool. Secrets are masked before they reach the log.</summary>
    void Attach(ServerId server, Guid runId, ImmutableArray<Secret> secrets);

    /// <summary>The runs whose spool is still there: a console that was killed did not get to drain them. Attach them, then drain them.</summary>
    ImmutableArray<Guid> FindSpools(ServerId server);

    /// <summary>
    /// Stores what is left of a run that ended, then deletes its spool. Call it when no process of the run is left. While the log cannot be
    /// written it does not wait: the rest is stored when it can be again.
    /// </summary>
    Task DrainAsync(ServerId server, Guid runId, CancellationToken cancellationToken);

    /// <summary>
    /// Takes what a run has printed so far into the log and returns the last lines of its standard error, oldest first, masked. Call it
    /// before <see cref="DrainAsync"/>: they are read from the spool.
    /// </summary>
    Task<ImmutableArray<string>> ReadStderrTailAsync(ServerId server, Guid runId, int lines, CancellationToken cancellationToken);

    /// <summary>Adds a line of the console's own, or a recorded message. Never waits for the disk.</summary>
    void Write(ServerId server, LogStream stream, ReadOnlySpan<byte> utf8Line);

    /// <summary>Deletes a server's log, index and spool.</summary>
    Task RemoveAsync(ServerId server, CancellationToken cancellationToken);
}

/// <summary>The files that the launcher opens for a child with O_APPEND.</summary>
/// <param name="Stdout">Stays empty where the console reads standard output itself (stdio).</param>
public sealed record SpoolPaths(string Stdout, string Stderr);

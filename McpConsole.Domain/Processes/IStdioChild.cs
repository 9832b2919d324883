namespace McpConsole.Domain.Processes;

/// <summary>A child whose standard input and output the console holds. Disposing closes its input and stops it.</summary>
public interface IStdioChild : IAsyncDisposable
{
    int Pid { get; }

    /// <summary>Writes to the child's standard input.</summary>
    Stream Input { get; }

    /// <summary>Reads the child's standard output.</summary>
    Stream Output { get; }

    /// <summary>Completes when the child has ended; never faults.</summary>
    Task Exited { get; }
}

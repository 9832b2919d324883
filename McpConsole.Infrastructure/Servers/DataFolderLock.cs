using System.Globalization;
using McpConsole.Domain.Results;

namespace McpConsole.Infrastructure.Servers;

/// <summary>
/// Keeps a second console from the same data folder: both would supervise the same servers. The kernel holds the lock for as long as
/// the process lives, so a killed console leaves none behind.
/// </summary>
public sealed class DataFolderLock(DataFolder data) : IDisposable
{
    private FileStream? _lock;

    private string PidFile => Path.Combine(data.Root, "console.pid");

    /// <summary>Takes the lock; again is no harm. Take it before anything else is done in the folder.</summary>
    public Result<Done> TryTake()
    {
        if (_lock is not null)
        {
            return new Done();
        }

        try
        {
            data.Create();

            // An unshared file is locked by flock(2).
            _lock = new FileStream(Path.Combine(data.Root, "console.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            File.WriteAllText(PidFile, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return new Done();
        }
        catch (IOException) when (_lock is null && File.Exists(PidFile))
        {
            return new Error(
                "console.data_in_use",
                ErrorKind.Conflict,
                "Another console (pid {0}) uses the data folder {1}. Stop it, or give this one a folder of its own (MCPCONSOLE_DATA).",
                File.ReadAllText(PidFile),
                data.Root);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Dispose();
            return new Error("console.data_unusable", ErrorKind.Failed, "The data folder {0} cannot be used: {1}", data.Root, fault.Message);
        }
    }

    public void Dispose()
    {
        _lock?.Dispose();
        _lock = null;
    }
}

using System.ComponentModel;
using System.Globalization;
using System.Runtime.InteropServices;
using McpConsole.Domain.Results;
using McpConsole.Infrastructure.Processes;

namespace McpConsole.Infrastructure.Servers;

/// <summary>
/// Keeps a second console from the same data folder: both would supervise the same servers. The kernel holds the lock (flock) for as
/// long as the process lives, so a killed console leaves none behind.
/// </summary>
public sealed class DataFolderLock(DataFolder data) : IDisposable
{
    private const int WouldBlock = 11;
    private int _descriptor = -1;

    /// <summary>Takes the lock; again is no harm. Take it before anything else is done in the folder.</summary>
    public Result<Done> TryTake()
    {
        if (_descriptor >= 0)
        {
            return new Done();
        }

        Directory.CreateDirectory(data.Root);
        var path = Path.Combine(data.Root, "console.lock");
        var descriptor = Libc.Open(path, 2 /* O_RDWR */ | Libc.OCreate | Libc.OCloseOnExec, 0x180 /* 0600 */);
        if (descriptor < 0 || Libc.Flock(descriptor, Libc.LockExclusive | Libc.LockNonBlocking) != 0)
        {
            var number = Marshal.GetLastPInvokeError();
            _ = descriptor < 0 ? 0 : Libc.Close(descriptor);
            return number == WouldBlock
                ? new Error("console.data_in_use", ErrorKind.Conflict, "Another console (pid {0}) uses the data folder {1}. Stop it, or give this one a folder of its own (MCPCONSOLE_DATA).", Holder(path), data.Root)
                : new Error("console.data_unusable", ErrorKind.Failed, "The data folder {0} cannot be used: {1}.", data.Root, new Win32Exception(number).Message);
        }

        File.WriteAllText(path, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        _descriptor = descriptor;
        return new Done();
    }

    public void Dispose()
    {
        if (_descriptor >= 0)
        {
            _ = Libc.Close(_descriptor);
            _descriptor = -1;
        }
    }

    private static string Holder(string path) => File.ReadAllText(path) is { Length: > 0 } pid ? pid : "unknown";
}

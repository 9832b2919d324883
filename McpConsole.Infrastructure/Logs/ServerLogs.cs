using McpConsole.Domain.Servers;
using Microsoft.Extensions.Options;

namespace McpConsole.Infrastructure.Logs;

/// <summary>The logs of all servers, each opened when it is first asked for.</summary>
internal sealed class ServerLogs(DataFolder data, IOptions<LogOptions> options) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ServerId, ServerLog> _logs = [];

    public ServerLog Get(ServerId server)
    {
        // Under the lock, because opening cuts the log back to its checkpoint: nobody may append or read before that.
        lock (_lock)
        {
            if (!_logs.TryGetValue(server, out var log))
            {
                log = ServerLog.Load(data.Log(server), options.Value);
                _logs.Add(server, log);
            }

            return log;
        }
    }

    /// <summary>The servers that have a log on disk.</summary>
    public IReadOnlyList<ServerId> All()
    {
        if (!Directory.Exists(data.Logs))
        {
            return [];
        }

        var ids = new List<ServerId>();
        foreach (var folder in Directory.EnumerateDirectories(data.Logs))
        {
            if (ServerId.TryParse(Path.GetFileName(folder), out var id))
            {
                ids.Add(id);
            }
        }

        return ids;
    }

    /// <summary>Deletes a server's log. Only the intake's thread calls it, so nothing is appended meanwhile.</summary>
    public void Delete(ServerId server)
    {
        lock (_lock)
        {
            if (_logs.Remove(server, out var log))
            {
                log.Dispose();
            }

            if (Directory.Exists(data.Log(server)))
            {
                Directory.Delete(data.Log(server), recursive: true);
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            foreach (var log in _logs.Values)
            {
                log.Dispose();
            }

            _logs.Clear();
        }
    }
}

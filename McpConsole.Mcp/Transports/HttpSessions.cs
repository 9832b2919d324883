using System.Collections.Concurrent;
using System.Security.Cryptography;
using McpConsole.Mcp.Protocol;

namespace McpConsole.Mcp.Transports;

/// <summary>The sessions of one endpoint, within the limits of its options. Thread-safe.</summary>
internal sealed class HttpSessions(IMcpEndpoint endpoint, HttpTransportOptions options, bool resumable) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, HttpSession> _sessions = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private ITimer? _sweep;
    private bool _closed;

    public int Count => _sessions.Count;

    public HttpSession? Find(string? id) => id is not null && _sessions.TryGetValue(id, out var session) ? session : null;

    /// <summary>Null when the limit is reached and every session is in use, or the server stops.</summary>
    public HttpSession? Open()
    {
        HttpSession? idlest = null;
        HttpSession session;
        lock (_lock)
        {
            if (_closed)
            {
                return null;
            }

            if (_sessions.Count >= options.MaxSessions)
            {
                idlest = _sessions.Values.MaxBy(one => one.Idle);
                if (idlest is null || idlest.Idle == TimeSpan.Zero)
                {
                    return null;
                }
            }

            // The id is all that a request needs to speak for the session, so it cannot be guessed.
            var id = RandomNumberGenerator.GetHexString(32, lowercase: true);
            session = new HttpSession(id, endpoint, options, resumable, one => _ = CloseAsync(one));
            _sessions[session.Id] = session;
            _sweep ??= options.Time.CreateTimer(_ => Sweep(), null, options.SessionIdle / 4, options.SessionIdle / 4);
        }

        if (idlest is not null)
        {
            _ = CloseAsync(idlest);
        }
        else
        {
            options.SessionsChanged?.Invoke(Count);
        }

        return session;
    }

    public async Task CloseAsync(HttpSession session)
    {
        if (_sessions.TryRemove(session.Id, out _))
        {
            options.SessionsChanged?.Invoke(Count);
            await session.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            _closed = true;
        }

        if (_sweep is not null)
        {
            await _sweep.DisposeAsync();
        }

        foreach (var session in _sessions.Values)
        {
            await CloseAsync(session);
        }
    }

    private void Sweep()
    {
        foreach (var session in _sessions.Values)
        {
            if (session.Idle >= options.SessionIdle)
            {
                _ = CloseAsync(session);
            }
        }
    }
}

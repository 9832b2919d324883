using System.Net;
using System.Net.Sockets;
using System.Text;
using McpConsole.Domain.Processes;
using McpConsole.Domain.Results;
using McpConsole.Domain.Servers;

namespace McpConsole.Tests.Servers.Supervised;

/// <summary>
/// A bridge with the one talent that supervision needs: it listens, and answers HTTP with what the child answers to a line. In per-session
/// mode each request is a session.
/// </summary>
internal sealed class LoopBridges : IBridgeHost
{
    public Task<Result<IBridge>> OpenAsync(BridgeSettings settings, CancellationToken cancellationToken)
    {
        try
        {
            return Task.FromResult<Result<IBridge>>(new LoopBridge(settings));
        }
        catch (SocketException)
        {
            return Task.FromResult<Result<IBridge>>(ServerErrors.PortTaken(settings.Port, "another program"));
        }
    }

    private sealed class LoopBridge : IBridge
    {
        private readonly BridgeSettings _settings;
        private readonly TcpListener _listener;
        private readonly SemaphoreSlim _turn = new(1);
        private volatile IStdioChild? _child;

        public LoopBridge(BridgeSettings settings)
        {
            _settings = settings;
            _listener = new TcpListener(IPAddress.Loopback, settings.Port);
            _listener.Start();
            Url = new Uri($"http://127.0.0.1:{settings.Port}/mcp");
            _ = ListenAsync();
        }

        public Uri Url { get; }

        public int Connections => 0;

        private bool IsPerSession => _settings.Definition.Launch is CommandLaunch { Sharing: StdioSharing.PerSession };

        public void Attach(IStdioChild child) => _child = child;

        public ValueTask DisposeAsync()
        {
            _listener.Dispose();
            return ValueTask.CompletedTask;
        }

        private async Task ListenAsync()
        {
            try
            {
                while (true)
                {
                    _ = ServeAsync(await _listener.AcceptTcpClientAsync());
                }
            }
            catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
            {
                // Disposed.
            }
        }

        private async Task ServeAsync(TcpClient client)
        {
            using var closing = client;
            try
            {
                using var reader = new StreamReader(client.GetStream(), Encoding.UTF8);
                var length = 0;
                while (await reader.ReadLineAsync() is { Length: > 0 } line)
                {
                    length = line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase) ? int.Parse(line[15..]) : length;
                }

                var body = new char[length];
                await reader.ReadBlockAsync(body);
                var answer = await AskAsync(new string(body));
                await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(
                    $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: {Encoding.UTF8.GetByteCount(answer)}\r\n\r\n{answer}"));
            }
            catch (Exception gone) when (gone is IOException or ObjectDisposedException or InvalidOperationException)
            {
                // The child or the client is gone: the connection closes without an answer.
            }
        }

        private async Task<string> AskAsync(string line)
        {
            if (!IsPerSession)
            {
                return await AskAsync(_child ?? throw new InvalidOperationException("No child."), line);
            }

            await using var child = (await _settings.SpawnForSession(CancellationToken.None)).Value;
            return await AskAsync(child, line);
        }

        private async Task<string> AskAsync(IStdioChild child, string line)
        {
            await _turn.WaitAsync();
            try
            {
                await child.Input.WriteAsync(Encoding.UTF8.GetBytes(line + "\n"));
                var answer = new List<byte>();
                var next = new byte[1];
                while (await child.Output.ReadAsync(next) == 1 && next[0] != '\n')
                {
                    answer.Add(next[0]);
                }

                return answer.Count > 0 ? Encoding.UTF8.GetString([.. answer]) : throw new IOException("The child closed its output.");
            }
            finally
            {
                _turn.Release();
            }
        }
    }
}

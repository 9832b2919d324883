using System.Net;
using System.Net.Sockets;
using System.Text;
using McpConsole.Domain.Servers;

namespace McpConsole.Tests.Servers.Supervised;

/// <summary>Asks as the real probe does, as simply as can be: <c>initialize</c> over HTTP.</summary>
internal sealed class HttpProbe : IServerProbe, IDisposable
{
    private const string Initialize =
        """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}""";

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, PooledConnectionLifetime = TimeSpan.Zero }) { Timeout = Timeout.InfiniteTimeSpan };

    public async Task<ProbeResult> ProbeAsync(ProbeTarget target, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(target.Timeout);
        try
        {
            using var body = new StringContent(Initialize, Encoding.UTF8, "application/json");
            using var response = await _http.PostAsync(target.Url, body, patience.Token);
            return response.StatusCode == HttpStatusCode.OK
                ? new ProbeResult(new Health(HealthLevel.Healthy, HealthCause.Answering), 1)
                : Failed(HealthCause.NotMcp, response.StatusCode.ToString());
        }
        catch (HttpRequestException refused)
        {
            return Failed(refused.InnerException is SocketException ? HealthCause.ConnectionRefused : HealthCause.NoAnswer, refused.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Failed(HealthCause.NoAnswer, "no answer in time");
        }
    }

    public void Dispose() => _http.Dispose();

    private static ProbeResult Failed(HealthCause cause, string detail) => new(new Health(HealthLevel.Unhealthy, cause, detail), null);
}

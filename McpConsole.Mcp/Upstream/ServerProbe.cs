using McpConsole.Domain.Servers;
using McpConsole.Mcp.Protocol;

namespace McpConsole.Mcp.Upstream;

/// <summary>Looks at a server as any client would: connects, lists its tools, and goes.</summary>
internal sealed class ServerProbe(UpstreamHttp http, TimeProvider time) : IServerProbe
{
    /// <summary>A server that takes longer answers, but not well.</summary>
    private static readonly TimeSpan s_slow = TimeSpan.FromSeconds(2);

    public async Task<ProbeResult> ProbeAsync(ProbeTarget target, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        using var patience = new CancellationTokenSource(target.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            var upstream = new UpstreamTarget(target.Url, target.Transport, target.Headers);
            await using var server = await Upstreams.ConnectAsync(http, upstream, either.Token);
            var tools = await ToolListing.ReadAsync(server, either.Token);
            var took = time.GetElapsedTime(start);
            return (tools.Length, took) switch
            {
                (0, _) => Found(HealthLevel.Degraded, HealthCause.NoTools, null, took, 0),
                _ when took > s_slow => Found(HealthLevel.Degraded, HealthCause.Slow, $"Took {took.TotalSeconds:0.0} s.", took, tools.Length),
                _ => Found(HealthLevel.Healthy, HealthCause.Answering, null, took, tools.Length),
            };
        }
        catch (UpstreamException fault)
        {
            return Found(HealthLevel.Unhealthy, fault.Cause, fault.Message, time.GetElapsedTime(start), null);
        }
        catch (McpException fault) when (fault.Code == RpcErrors.MethodNotFound)
        {
            return Found(HealthLevel.Degraded, HealthCause.NoTools, fault.Message, time.GetElapsedTime(start), 0);
        }
        catch (McpException fault)
        {
            return Found(HealthLevel.Unhealthy, HealthCause.ProtocolError, fault.Message, time.GetElapsedTime(start), null);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Found(HealthLevel.Unhealthy, HealthCause.NoAnswer, $"No answer in {target.Timeout.TotalSeconds:0.#} s.", time.GetElapsedTime(start), null);
        }
    }

    private ProbeResult Found(HealthLevel level, HealthCause cause, string? detail, TimeSpan took, int? tools) =>
        new(new Health(level, cause, detail, time.GetUtcNow(), took), tools);
}

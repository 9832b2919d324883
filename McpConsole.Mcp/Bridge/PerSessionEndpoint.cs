using McpConsole.Domain.Processes;
using McpConsole.Domain.Results;
using McpConsole.Mcp.Protocol;
using Microsoft.Extensions.Logging;

namespace McpConsole.Mcp.Bridge;

/// <summary>
/// One stdio child for each session. Modern clients have no sessions: they share one child among them, started by the first of their
/// requests.
/// </summary>
internal sealed class PerSessionEndpoint(
    Func<CancellationToken, Task<Result<IStdioChild>>> spawn, StdioTap? tap, TimeProvider time, ILogger logger)
    : IMcpEndpoint, IAsyncDisposable
{
    private readonly SharedEndpoint _modern = new(tap, time, logger);
    private readonly SemaphoreSlim _spawning = new(1);
    private readonly CancellationTokenSource _stop = new();
    private IStdioChild? _modernChild;

    public IConversation Open(IOutlet client) => new PerSessionConversation(spawn, client, tap, logger);

    public void Handle(RpcMessage request, IReply reply, CancellationToken cancellationToken) => _ = HandleAsync(request, reply, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _spawning.WaitAsync();
        _modern.Dispose();
        if (_modernChild is not null)
        {
            await _modernChild.DisposeAsync();
        }

        _stop.Dispose();
    }

    private async Task HandleAsync(RpcMessage request, IReply reply, CancellationToken cancellationToken)
    {
        try
        {
            await EnsureChildAsync();
            _modern.Handle(request, reply, cancellationToken);
        }
        catch (McpException fault)
        {
            reply.Complete(RpcFrames.Error(request[request.Id].Span, fault.Code, fault.Message), fault.Code);
        }
        catch (OperationCanceledException)
        {
            reply.Abandon();
        }
    }

    private async Task EnsureChildAsync()
    {
        if (_modern.HasChild)
        {
            return;
        }

        await _spawning.WaitAsync(_stop.Token);
        try
        {
            if (_modern.HasChild)
            {
                return;
            }

            if (_modernChild is not null)
            {
                await _modernChild.DisposeAsync();
            }

            var spawned = await spawn(_stop.Token);
            _modernChild = spawned.TryGet(out var child, out var error) ? child : throw new McpException(RpcErrors.InternalError, error.Message);
            _modern.Attach(child);
        }
        finally
        {
            _spawning.Release();
        }
    }
}

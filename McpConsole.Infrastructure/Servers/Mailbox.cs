using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace McpConsole.Infrastructure.Servers;

/// <summary>
/// Runs what it is given one after the other, in order: what an actor does never overlaps with itself. A full mailbox makes senders
/// wait, because commands and exits must not be lost; what may be lost is sent by <see cref="TryPost"/>.
/// </summary>
internal sealed partial class Mailbox : IAsyncDisposable
{
    private const int Capacity = 256;
    private readonly Channel<Func<Task>> _work = Channel.CreateBounded<Func<Task>>(new BoundedChannelOptions(Capacity) { SingleReader = true });
    private readonly ILogger _logger;
    private readonly Task _loop;

    public Mailbox(ILogger logger)
    {
        _logger = logger;
        _loop = Task.Run(ReadAsync);
    }

    /// <summary>False when the mailbox is closed.</summary>
    public async Task<bool> PostAsync(Func<Task> work)
    {
        try
        {
            await _work.Writer.WriteAsync(work);
            return true;
        }
        catch (ChannelClosedException)
        {
            return false;
        }
    }

    public void TryPost(Func<Task> work) => _work.Writer.TryWrite(work);

    /// <summary>Runs it in its turn and completes with it; false when the mailbox is closed.</summary>
    public async Task<bool> RunAsync(Func<Task> work)
    {
        try
        {
            return await AskAsync(async () =>
            {
                await work();
                return true;
            });
        }
        catch (ChannelClosedException)
        {
            return false;
        }
    }

    /// <summary>Runs it in its turn and returns what it returns.</summary>
    /// <exception cref="ChannelClosedException">The mailbox is closed.</exception>
    public async Task<T> AskAsync<T>(Func<Task<T>> work)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        await _work.Writer.WriteAsync(async () =>
        {
            try
            {
                answer.SetResult(await work());
            }
            catch (Exception fault)
            {
                // It is the asker's to handle; the mailbox goes on.
                answer.SetException(fault);
            }
        });
        return await answer.Task;
    }

    /// <summary>Takes nothing more and runs what is left.</summary>
    public async ValueTask DisposeAsync()
    {
        _work.Writer.TryComplete();
        await _loop;
    }

    private async Task ReadAsync()
    {
        await foreach (var work in _work.Reader.ReadAllAsync())
        {
            try
            {
                await work();
            }
            catch (Exception fault)
            {
                // A fault in one message, such as a full disk, must not end the supervision of the server.
                LogFault(fault);
            }
        }
    }

    [LoggerMessage(1001, LogLevel.Error, "A step in the supervision of a server failed; supervision goes on.")]
    private partial void LogFault(Exception fault);
}

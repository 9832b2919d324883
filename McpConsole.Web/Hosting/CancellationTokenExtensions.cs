namespace McpConsole.Web.Hosting;

internal static class CancellationTokenExtensions
{
    /// <summary>Completes when <paramref name="signal"/> is given.</summary>
    public static async Task AsTask(this CancellationToken signal, CancellationToken cancellationToken)
    {
        var given = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = signal.Register(given.SetResult);
        await given.Task.WaitAsync(cancellationToken);
    }
}

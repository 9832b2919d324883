namespace McpConsole.Tests;

/// <summary>Waits for what other threads or processes bring about.</summary>
internal static class Eventually
{
    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    public static Task BeTrueAsync(Func<bool> condition) => BeTrueAsync(() => Task.FromResult(condition()));

    public static async Task BeTrueAsync(Func<Task<bool>> condition)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(s_limit);
        using var timer = new PeriodicTimer(s_step, TimeProvider.System);
        while (!await condition())
        {
            (await timer.WaitForNextTickAsync(limit.Token)).ShouldBeTrue();
        }
    }
}

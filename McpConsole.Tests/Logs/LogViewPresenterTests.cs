using McpConsole.Domain.Logs;
using McpConsole.Domain.Servers;
using McpConsole.Tests.Components;
using McpConsole.Web.Logs;

namespace McpConsole.Tests.Logs;

public sealed class LogViewPresenterTests : IAsyncDisposable
{
    private readonly FakeLogStore _store = new();
    private readonly ServerId _server = new(Guid.NewGuid());
    private readonly LogViewPresenter _view;
    private int _dispatches;

    public LogViewPresenterTests() => _view = new(_store, TimeProvider.System, change =>
    {
        Interlocked.Increment(ref _dispatches);
        change();
        return Task.CompletedTask;
    });

    public async ValueTask DisposeAsync() => await _view.DisposeAsync();

    [Fact]
    public async Task Shows_what_is_stored_then_what_comes()
    {
        _store.Write(_server, "old");
        await ShowAsync(new());
        _store.Write(_server, "new");
        await Eventually.BeTrueAsync(() => _view.Rows.Count == 2);
        Texts().ShouldBe(["old", "new"]);
    }

    [Fact]
    public async Task Many_batches_make_few_dispatches()
    {
        await ShowAsync(new());
        for (var i = 0; i < 500; i++)
        {
            _store.Write(_server, $"line {i}");
        }

        await Eventually.BeTrueAsync(() => _view.Rows.Count == 500);
        _dispatches.ShouldBeLessThan(50);
    }

    [Fact]
    public async Task Keeps_the_newest_rows_only()
    {
        await ShowAsync(new());
        _store.Write(_server, [.. Enumerable.Range(1, LogViewPresenter.Capacity + 500).Select(i => $"{i}")]);
        await Eventually.BeTrueAsync(() => _view.Rows.Count == LogViewPresenter.Capacity && Texts()[^1] == $"{LogViewPresenter.Capacity + 500}");
    }

    [Fact]
    public async Task Live_lines_pass_the_filter_too()
    {
        await ShowAsync(new() { MinimumLevel = LineLevel.Error });
        _store.Write(_server, "fine", "error: broken");
        await Eventually.BeTrueAsync(() => _view.Rows.Count == 1);
        Texts().ShouldBe(["error: broken"]);
    }

    [Fact]
    public async Task Older_lines_come_above_and_the_view_stands_still()
    {
        _store.Write(_server, [.. Enumerable.Range(1, 2_500).Select(i => $"{i}")]);
        await ShowAsync(new());
        _view.HasOlder.ShouldBeTrue();
        await _view.LoadOlderAsync(TestContext.Current.CancellationToken);
        (_view.IsPaused, _view.Rows.Count, Texts()[0]).ShouldBe((true, 2_000, "501"));
        await _view.LoadOlderAsync(TestContext.Current.CancellationToken);
        (_view.HasOlder, Texts()[0]).ShouldBe((false, "1"));
    }

    [Fact]
    public async Task Lines_of_several_servers_stand_in_the_order_of_time()
    {
        var other = new ServerId(Guid.NewGuid());
        _store.Write(_server, "a0", "a1", "a2");
        _store.Write(other, "b0", "b1");
        await _view.ShowAsync([_server, other], new(), TestContext.Current.CancellationToken);
        Texts().ShouldBe(["a0", "b0", "a1", "b1", "a2"]);
    }

    [Fact]
    public async Task Another_filter_ends_the_follower_of_the_one_before()
    {
        await ShowAsync(new());
        await ShowAsync(new() { Text = "x" });
        _store.FollowerCount.ShouldBe(1);
    }

    private async Task ShowAsync(LogQuery query)
    {
        await _view.ShowAsync([_server], query, TestContext.Current.CancellationToken);
        await Eventually.BeTrueAsync(() => _store.FollowerCount == 1);
    }

    private string[] Texts() => [.. _view.Rows.Select(row => row.Line!.Text)];
}

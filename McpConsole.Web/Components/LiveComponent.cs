using Microsoft.AspNetCore.Components;

namespace McpConsole.Web.Components;

/// <summary>A component that owns presenters which follow live state; it ends them when it goes.</summary>
public abstract class LiveComponent : ComponentBase, IAsyncDisposable
{
    private readonly List<IAsyncDisposable> _owned = [];
    private readonly CancellationTokenSource _gone = new();

    protected LiveComponent() => Gone = _gone.Token;

    /// <summary>Cancelled when the component goes.</summary>
    protected CancellationToken Gone { get; }

    /// <summary>Takes a presenter into the component's care.</summary>
    protected T Own<T>(T presenter)
        where T : IAsyncDisposable
    {
        _owned.Add(presenter);
        return presenter;
    }

    /// <summary>Ends a presenter that is no longer needed before the component goes.</summary>
    protected async Task ReleaseAsync(IAsyncDisposable? presenter)
    {
        if (presenter is not null && _owned.Remove(presenter))
        {
            await presenter.DisposeAsync();
        }
    }

    /// <summary>Applies a change that was made elsewhere, and renders once; a fault reaches this circuit's error boundary.</summary>
    protected async Task ApplyAsync(Action change)
    {
        try
        {
            await InvokeAsync(() =>
            {
                if (!_gone.IsCancellationRequested)
                {
                    change();
                    StateHasChanged();
                }
            });
        }
        catch (ObjectDisposedException)
        {
            // The circuit ended while the change was on its way.
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            await DispatchExceptionAsync(e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _gone.CancelAsync();
        foreach (var presenter in _owned)
        {
            await presenter.DisposeAsync();
        }

        await OnGoneAsync();
        _gone.Dispose();
        GC.SuppressFinalize(this);
    }

    protected virtual ValueTask OnGoneAsync() => ValueTask.CompletedTask;
}

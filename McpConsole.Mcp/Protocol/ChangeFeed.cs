using System.Collections.Immutable;

namespace McpConsole.Mcp.Protocol;

/// <summary>Tells those who follow that a list or a resource changed. Thread-safe.</summary>
internal sealed class ChangeFeed : IDisposable
{
    private readonly ServerFeatures? _features;
    private readonly CancellationTokenSource _stop = new();
    private ImmutableArray<Action<Change>> _followers = [];
    private int _disposed;

    /// <param name="features">The sources whose changes are told; null where only <see cref="Publish"/> tells.</param>
    public ChangeFeed(ServerFeatures? features)
    {
        _features = features;
        features?.Tools?.Changed += OnToolsChanged;
        features?.Prompts?.Changed += OnPromptsChanged;
        features?.Resources?.Changed += OnResourcesChanged;
        features?.Resources?.Updated += OnResourceUpdated;
    }

    /// <summary>Cancelled when the server stops.</summary>
    public CancellationToken Stopping => _stop.Token;

    /// <param name="follower">Must return at once.</param>
    public void Follow(Action<Change> follower) => ImmutableInterlocked.Update(ref _followers, (all, one) => all.Add(one), follower);

    public void Leave(Action<Change> follower) => ImmutableInterlocked.Update(ref _followers, (all, one) => all.Remove(one), follower);

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
        {
            return;
        }

        _features?.Tools?.Changed -= OnToolsChanged;
        _features?.Prompts?.Changed -= OnPromptsChanged;
        _features?.Resources?.Changed -= OnResourcesChanged;
        _features?.Resources?.Updated -= OnResourceUpdated;
        _stop.Cancel();
        _stop.Dispose();
    }

    private void OnToolsChanged() => Publish(new Change(RpcMethods.ToolsChanged));

    private void OnPromptsChanged() => Publish(new Change(RpcMethods.PromptsChanged));

    private void OnResourcesChanged() => Publish(new Change(RpcMethods.ResourcesChanged));

    private void OnResourceUpdated(string uri) => Publish(new Change(RpcMethods.ResourceUpdated, uri));

    public void Publish(Change change)
    {
        foreach (var follower in _followers)
        {
            follower(change);
        }
    }
}

/// <param name="Method">The notification that tells of it.</param>
/// <param name="Uri">The resource, where one resource changed.</param>
internal readonly record struct Change(string Method, string? Uri = null);

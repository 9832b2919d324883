namespace McpConsole.Domain.Servers;

/// <summary>What happens to a server.</summary>
public enum LifecycleTrigger
{
    /// <summary>Someone or auto-start wants it running.</summary>
    StartRequested,

    /// <summary>It answered MCP.</summary>
    Ready,

    StopRequested,

    /// <summary>Nothing of it is left.</summary>
    StopCompleted,

    /// <summary>It ended by itself, or did not come up in time, and will be started again.</summary>
    RunLost,

    /// <summary>It ended by itself as its policy allows.</summary>
    RunFinished,

    /// <summary>The delay is over.</summary>
    BackoffElapsed,

    /// <summary>It will not be started again.</summary>
    GivenUp,

    /// <summary>A run of an earlier console was found alive.</summary>
    Adopted,
}

/// <summary>The transition table of <see cref="Lifecycle"/>: pure, total over what is allowed, null for the rest.</summary>
public static class ServerTransitions
{
    public static Lifecycle? Next(Lifecycle state, LifecycleTrigger trigger) => (state, trigger) switch
    {
        (Lifecycle.Stopped or Lifecycle.Failed or Lifecycle.BackingOff, LifecycleTrigger.StartRequested) => Lifecycle.Starting,
        (Lifecycle.BackingOff, LifecycleTrigger.BackoffElapsed) => Lifecycle.Starting,
        (Lifecycle.Stopped, LifecycleTrigger.Adopted) => Lifecycle.Starting,
        (Lifecycle.Starting, LifecycleTrigger.Ready) => Lifecycle.Running,
        (Lifecycle.Starting or Lifecycle.Running or Lifecycle.BackingOff, LifecycleTrigger.StopRequested) => Lifecycle.Stopping,
        (Lifecycle.Stopping, LifecycleTrigger.StopCompleted) => Lifecycle.Stopped,
        (Lifecycle.Starting or Lifecycle.Running, LifecycleTrigger.RunLost) => Lifecycle.BackingOff,
        (Lifecycle.Starting or Lifecycle.Running, LifecycleTrigger.RunFinished) => Lifecycle.Stopped,
        (Lifecycle.Starting or Lifecycle.Running or Lifecycle.BackingOff, LifecycleTrigger.GivenUp) => Lifecycle.Failed,
        _ => null,
    };
}

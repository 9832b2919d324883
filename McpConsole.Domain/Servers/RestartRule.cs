namespace McpConsole.Domain.Servers;

/// <summary>Whether a server that ended by itself is started again.</summary>
public enum RestartPolicy
{
    /// <summary>After a crash or a failed start, not after exit code 0.</summary>
    OnFailure,

    Always,

    Never,
}

/// <summary>The policy and its budget: after a failed start it is tried again <see cref="MaxRetries"/> times within ten minutes, then it is failed.</summary>
public sealed record RestartRule(RestartPolicy Policy = RestartPolicy.OnFailure, int MaxRetries = 10);

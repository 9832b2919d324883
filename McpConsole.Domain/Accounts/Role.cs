namespace McpConsole.Domain.Accounts;

/// <summary>Each role may do what the ones before it may.</summary>
public enum Role
{
    /// <summary>Sees servers, logs, processes and events; changes nothing.</summary>
    Viewer,

    /// <summary>Creates, changes, starts and stops servers, calls tools, runs jobs.</summary>
    Developer,

    /// <summary>Also users, tokens, settings and the audit log.</summary>
    Administrator,
}

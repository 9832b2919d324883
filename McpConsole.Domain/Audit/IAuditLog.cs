using System.Collections.Immutable;

namespace McpConsole.Domain.Audit;

/// <summary>The record of every change of state. An accepted entry is kept until the database has it.</summary>
public interface IAuditLog
{
    void Append(AuditEntry entry);

    /// <summary>Newest first.</summary>
    Task<AuditPage> ReadAsync(AuditQuery query, CancellationToken cancellationToken);
}

/// <param name="Text">Matched in actor, action, target and address.</param>
public sealed record AuditQuery(string? Text = null, DateTimeOffset? Since = null, DateTimeOffset? Until = null, int Page = 1, int Size = 50);

public sealed record AuditPage(ImmutableArray<AuditEntry> Items, int Total);

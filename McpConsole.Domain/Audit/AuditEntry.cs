namespace McpConsole.Domain.Audit;

/// <summary>One change of state: who, from where, what, and the values before and after (JSON, secrets masked).</summary>
/// <param name="Action">Dotted, stable: <c>server.create</c>, <c>user.sign_in</c>, <c>token.revoke</c>.</param>
/// <param name="Target">The name of what was changed.</param>
/// <param name="Outcome">«ok», or the code of the error.</param>
public sealed record AuditEntry(
    DateTimeOffset Time,
    string Actor,
    string? Address,
    string Action,
    string Target,
    string Outcome = "ok",
    string? Before = null,
    string? After = null)
{
    /// <summary>Given by the database.</summary>
    public long Id { get; init; }
}

using McpConsole.Domain.Accounts;
using McpConsole.Domain.Audit;
using McpConsole.Domain.Results;

namespace McpConsole.Infrastructure.Audit;

internal static class AuditExtensions
{
    /// <summary>Records what came of an action, refused ones too.</summary>
    public static Result<T> Record<T>(
        this IAuditLog audit, DateTimeOffset time, Actor actor, string action, string target, Result<T> result, string? before = null, string? after = null)
    {
        audit.Append(new(time, actor.Name, actor.Address, action, target, result.Error?.Code ?? "ok", before, result.IsOk ? after : null));
        return result;
    }
}

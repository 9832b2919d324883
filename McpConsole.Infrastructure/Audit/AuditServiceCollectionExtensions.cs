using McpConsole.Domain.Audit;
using McpConsole.Infrastructure.Audit;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

public static class AuditServiceCollectionExtensions
{
    /// <summary>Adds the audit log, kept in the database.</summary>
    public static IServiceCollection AddAudit(this IServiceCollection services)
    {
        services.AddWriteBehind<AuditRow>("audit", AuditLog.WriteAsync);
        services.TryAddSingleton<IAuditLog, AuditLog>();
        return services;
    }
}

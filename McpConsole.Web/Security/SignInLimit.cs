using System.Net;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;

namespace McpConsole.Web.Security;

/// <summary>Slows down whoever tries passwords from one address, over all accounts; the lockout of one account is the domain's.</summary>
internal static class SignInLimit
{
    public const string PolicyName = "sign-in";

    public static RateLimitPartition<IPAddress> Partition(HttpContext context) => RateLimitPartition.GetTokenBucketLimiter(
        context.Connection.RemoteIpAddress ?? IPAddress.None,
        _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = 20,
            TokensPerPeriod = 1,
            ReplenishmentPeriod = TimeSpan.FromSeconds(6),
            QueueLimit = 0,
        });

    /// <summary>Back to the form, which says to wait.</summary>
    public static ValueTask LeadBackAsync(OnRejectedContext context, CancellationToken cancellationToken)
    {
        var http = context.HttpContext;
        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        http.Response.Headers.Location = http.Request.Path + QueryString.Create("error", "accounts.too_many_attempts");
        return ValueTask.CompletedTask;
    }
}

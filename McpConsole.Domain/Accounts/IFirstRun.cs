using McpConsole.Domain.Results;

namespace McpConsole.Domain.Accounts;

/// <summary>The one-time set-up of the first administrator.</summary>
public interface IFirstRun
{
    /// <summary>Whether no account exists.</summary>
    Task<bool> IsNeededAsync(CancellationToken cancellationToken);

    /// <summary>The secret of the set-up link, made at start and printed to the terminal only; it dies with its use or the process.</summary>
    string Code { get; }

    /// <summary>Creates the administrator; the code is compared in constant time.</summary>
    Task<Result<UserInfo>> CompleteAsync(string code, string userName, string password, string? address, CancellationToken cancellationToken);
}

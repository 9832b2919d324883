using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using McpConsole.Domain.Accounts;
using McpConsole.Domain.Audit;
using McpConsole.Domain.Results;
using McpConsole.Infrastructure.Audit;
using McpConsole.Infrastructure.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace McpConsole.Infrastructure.Accounts;

internal sealed partial class FirstRun(
    AccountStore store,
    ConsoleDatabase database,
    ApiTokens tokens,
    IAuditLog audit,
    IOptions<FirstAdministratorOptions> options,
    TimeProvider time,
    ILogger<FirstRun> logger) : IFirstRun, IDisposable
{
    private readonly SemaphoreSlim _unattended = new(1);
    private bool _unattendedTried;
    private volatile bool _done;

    public string Code { get; } = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public async Task<bool> IsNeededAsync(CancellationToken cancellationToken)
    {
        if (_done)
        {
            return false;
        }

        await TryUnattendedAsync(cancellationToken);
        // Once there is an administrator there always is one, so the answer «no» stands.
        _done = await database.RunAsync((context, token) => context.Users.AnyAsync(token), cancellationToken);
        return !_done;
    }

    public async Task<Result<UserInfo>> CompleteAsync(
        string code, string userName, string password, string? address, CancellationToken cancellationToken)
    {
        var rightCode = CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(code), Encoding.UTF8.GetBytes(Code));
        var result = rightCode
            ? await store.ChangeAsync<UserInfo>(
                async (context, users, token) => await context.Users.AnyAsync(token)
                    ? AccountErrors.SetUpDone
                    : await UserAccounts.AddAsync(users, userName, password, Role.Administrator, time.GetUtcNow()),
                cancellationToken)
            : AccountErrors.WrongSetUpCode;
        _done |= result.IsOk;
        return audit.Record(time.GetUtcNow(), new Actor("anonymous", Role.Viewer, address), "console.set_up", userName, result);
    }

    public void Dispose() => _unattended.Dispose();

    private async Task TryUnattendedAsync(CancellationToken cancellationToken)
    {
        if (options.Value is not { UserName.Length: > 0, Password.Length: > 0 } wanted)
        {
            return;
        }

        await _unattended.WaitAsync(cancellationToken);
        try
        {
            if (_unattendedTried)
            {
                return;
            }

            var result = await store.ChangeAsync<UserInfo>((context, users, token) => CreateAsync(context, users, wanted, token), cancellationToken);
            if (result.Error is { Kind: ErrorKind.Unavailable } away)
            {
                throw new DatabaseUnavailableException(away.Message);
            }

            _unattendedTried = true;
            if (result.Error is not { Code: "accounts.set_up_done" })
            {
                audit.Record(time.GetUtcNow(), Actor.Console, "console.set_up", wanted.UserName, result);
            }

            if (result.Error is { Kind: ErrorKind.Invalid } fault)
            {
                LogUnattendedRefused(fault.Message);
            }
        }
        finally
        {
            _unattended.Release();
        }
    }

    private async Task<Result<UserInfo>> CreateAsync(
        ConsoleDbContext context,
        Microsoft.AspNetCore.Identity.UserManager<ConsoleUser> users,
        FirstAdministratorOptions wanted,
        CancellationToken cancellationToken)
    {
        if (await context.Users.AnyAsync(cancellationToken))
        {
            return AccountErrors.SetUpDone;
        }

        var added = await UserAccounts.AddAsync(users, wanted.UserName!, wanted.Password!, Role.Administrator, time.GetUtcNow());
        if (added.IsOk && wanted.Token is { Length: > 0 } token)
        {
            var owner = await context.Users.SingleAsync(user => user.Id == added.Value.Id, cancellationToken);
            await tokens.AddAsync(context, owner, "first start", token, Role.Administrator, expiresAt: null, cancellationToken);
        }

        return added;
    }

    [LoggerMessage(6500, LogLevel.Error, "MCPCONSOLE_ADMIN_USER and MCPCONSOLE_ADMIN_PASSWORD cannot be used: {Fault} Use the set-up link, or change them and start again")]
    private partial void LogUnattendedRefused(string fault);
}

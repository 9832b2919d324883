using System.Data;
using McpConsole.Domain.Results;
using McpConsole.Infrastructure.Database;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace McpConsole.Infrastructure.Accounts;

/// <summary>
/// Runs work on accounts. A change is one serializable transaction: of two that each would be right alone and wrong together (two
/// administrators who demote each other, two first administrators), the database refuses one, which is run again and sees the other.
/// </summary>
internal sealed class AccountStore(ConsoleDatabase database, IServiceScopeFactory scopes) : IDisposable
{
    // One console's changes wait for each other, so that only those of several consoles ever have to be run again.
    private readonly SemaphoreSlim _gate = new(1);

    public delegate Task<Result<T>> Work<T>(ConsoleDbContext context, UserManager<ConsoleUser> users, CancellationToken cancellationToken);

    /// <summary>Committed when the result is a value.</summary>
    public async Task<Result<T>> ChangeAsync<T>(Work<T> work, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            return await RunAsync(
                async (context, users, token) =>
                {
                    await using var transaction = await context.Database.BeginTransactionAsync(IsolationLevel.Serializable, token);
                    var result = await work(context, users, token);
                    if (result.IsOk)
                    {
                        await transaction.CommitAsync(token);
                    }

                    return result;
                },
                cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    public async Task<Result<T>> RunAsync<T>(Work<T> work, CancellationToken cancellationToken)
    {
        try
        {
            return await database.RunAsync(
                async (context, token) =>
                {
                    await using var scope = scopes.CreateAsyncScope();
                    using var store = new UserOnlyStore<ConsoleUser, ConsoleDbContext, Guid>(context);
                    using var users = ActivatorUtilities.CreateInstance<UserManager<ConsoleUser>>(scope.ServiceProvider, store);
                    return await work(context, users, token);
                },
                cancellationToken);
        }
        catch (DatabaseUnavailableException e)
        {
            return e.ToError();
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return AccountErrors.JustTaken;
        }
    }

    public void Dispose() => _gate.Dispose();
}

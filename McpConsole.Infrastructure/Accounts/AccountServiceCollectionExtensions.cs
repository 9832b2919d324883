using McpConsole.Domain.Accounts;
using McpConsole.Infrastructure.Accounts;
using McpConsole.Infrastructure.Database;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

public static class AccountServiceCollectionExtensions
{
    /// <summary>Adds users, sign-in, API tokens and the first-run set-up, kept in the database.</summary>
    public static IServiceCollection AddAccounts(this IServiceCollection services)
    {
        services.AddAudit();
        services.TryAddSingleton<IPasswordHasher<ConsoleUser>, PasswordHasher<ConsoleUser>>();
        services.AddIdentityCore<ConsoleUser>(options =>
        {
            // Length is what counts; rules on kinds of characters make passwords worse.
            options.Password.RequiredLength = AccountErrors.ShortestPassword;
            options.Password.RequiredUniqueChars = 4;
            options.Password.RequireDigit = false;
            options.Password.RequireLowercase = false;
            options.Password.RequireUppercase = false;
            options.Password.RequireNonAlphanumeric = false;
            options.Lockout.AllowedForNewUsers = true;
            options.Lockout.MaxFailedAccessAttempts = 5;
            options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(5);
        }).AddUserValidator<ReservedNames>();
        // Identity registers a manager that needs a store; ours are made for each piece of work, see AccountStore.
        services.TryAddScoped<IUserStore<ConsoleUser>>(provider =>
            new UserOnlyStore<ConsoleUser, ConsoleDbContext, Guid>(provider.GetRequiredService<ConsoleDbContext>()));
        services.AddOptions<FirstAdministratorOptions>().Configure<IConfiguration>((options, configuration) =>
        {
            options.UserName = configuration["MCPCONSOLE_ADMIN_USER"];
            options.Password = configuration["MCPCONSOLE_ADMIN_PASSWORD"];
            options.Token = configuration["MCPCONSOLE_ADMIN_TOKEN"];
        });
        services.TryAddSingleton<AccountStore>();
        services.TryAddSingleton<IAccounts, UserAccounts>();
        services.TryAddSingleton<ISignIn, SignIn>();
        services.TryAddSingleton<ApiTokens>();
        services.TryAddSingleton<IApiTokens>(provider => provider.GetRequiredService<ApiTokens>());
        services.TryAddSingleton<IFirstRun, FirstRun>();
        return services.AddHostedService<UnattendedStart>();
    }
}

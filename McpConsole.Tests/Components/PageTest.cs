using System.Collections.Immutable;
using System.Security.Claims;
using Bunit;
using McpConsole.Domain.Accounts;
using McpConsole.Domain.Audit;
using McpConsole.Domain.Jobs;
using McpConsole.Domain.Logs;
using McpConsole.Domain.Processes;
using McpConsole.Domain.Results;
using McpConsole.Domain.Servers;
using McpConsole.Domain.Tools;
using McpConsole.Web.Accounts;
using McpConsole.Web.Servers;
using McpConsole.Web.Settings;
using McpConsole.Web.State;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;
using NSubstitute.Extensions;
using Radzen;

namespace McpConsole.Tests.Components;

/// <summary>Renders pages with fakes at the domain's ports.</summary>
public abstract class PageTest : BunitContext
{
    protected PageTest(Role role = Role.Developer)
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddLocalization();
        Services.AddRadzenComponents();
        Services.AddSingleton(TimeProvider.System);
        Services.AddSingleton<IServerCatalog>(Catalog);
        Services.AddSingleton<ILogStore>(Logs);
        Services.AddSingleton<IServerEventLog>(Events);
        Services.AddSingleton(Commands);
        Services.AddSingleton(Fake<IResourceHistory>());
        Services.AddSingleton(Fake<IRunStore>());
        Services.AddSingleton(Fake<ILaunchPreview>());
        Services.AddSingleton(Fake<IToolClient>());
        Services.AddSingleton(Fake<IDocumentInspector>());
        Services.AddSingleton(Fake<IJobBoard>());
        Services.AddSingleton(Fake<IAccounts>());
        Services.AddSingleton(Fake<IApiTokens>());
        Services.AddSingleton(Fake<IAuditLog>());
        Services.AddSingleton(Fake<ISettings>());
        Services.AddScoped<BrowserClock>();
        Services.AddScoped<CurrentUser>();
        Services.AddScoped<Toasts>();
        Services.AddScoped<Asking>();
        Services.AddScoped<ServerActions>();
        SignIn(role);
    }

    internal FakeCatalog Catalog { get; } = new();

    internal FakeLogStore Logs { get; } = new();

    internal FakeEventLog Events { get; } = new();

    protected IServerCommands Commands { get; } = Substitute.For<IServerCommands>();

    /// <summary>The fake that pages get for a port.</summary>
    protected T Port<T>()
        where T : class => Services.GetRequiredService<T>();

    /// <summary>Makes the fake give <paramref name="value"/> from every method that returns one.</summary>
    protected void Answer<TPort, T>(T value)
        where TPort : class => Port<TPort>().ReturnsForAll(Task.FromResult<Result<T>>(value));

    /// <summary>Makes the fake fail in every method that would return a <typeparamref name="T"/>.</summary>
    protected void Refuse<TPort, T>(params ImmutableArray<Error> errors)
        where TPort : class => Port<TPort>().ReturnsForAll(Task.FromResult(Result<T>.Fail(errors)));

    /// <summary>The arguments of the one call of a method.</summary>
    protected object?[] ArgumentsOf<TPort>(string method)
        where TPort : class => CallsOf<TPort>(method).ShouldHaveSingleItem();

    protected IEnumerable<object?[]> CallsOf<TPort>(string method)
        where TPort : class => Port<TPort>().ReceivedCalls().Where(call => call.GetMethodInfo().Name == method).Select(call => call.GetArguments());

    private static T Fake<T>()
        where T : class => Substitute.For<T>();

    // bUnit's own fake of authorization needs an assembly of WebAssembly's that is not referenced: the real one is as short.
    private void SignIn(Role role)
    {
        var claims = new ClaimsIdentity([new(ClaimTypes.Name, "ada"), new(ClaimTypes.Role, role.ToString())], "test");
        var state = Task.FromResult(new AuthenticationState(new ClaimsPrincipal(claims)));
        var provider = Substitute.For<AuthenticationStateProvider>();
        provider.GetAuthenticationStateAsync().Returns(state);
        Services.AddSingleton(provider);
        Services.AddCascadingValue(_ => state);
        Services.RemoveAll<IAuthorizationService>().RemoveAll<IAuthorizationPolicyProvider>().AddAuthorizationCore(options =>
        {
            options.AddPolicy(Policies.View, policy => policy.RequireAuthenticatedUser());
            options.AddPolicy(Policies.Operate, policy => policy.RequireRole(nameof(Role.Developer), nameof(Role.Administrator)));
            options.AddPolicy(Policies.Administer, policy => policy.RequireRole(nameof(Role.Administrator)));
        });
    }
}

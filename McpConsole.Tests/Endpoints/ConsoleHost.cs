using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using McpConsole.Domain.Accounts;
using McpConsole.Domain.Audit;
using McpConsole.Domain.Jobs;
using McpConsole.Domain.Logs;
using McpConsole.Domain.Processes;
using McpConsole.Domain.Results;
using McpConsole.Domain.Servers;
using McpConsole.Domain.Tools;
using McpConsole.Infrastructure.Database;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using NSubstitute;
using NSubstitute.ClearExtensions;

namespace McpConsole.Tests.Endpoints;

/// <summary>The console's own web part, in memory, on substitutes of the domain's ports. A token is the name of its role.</summary>
public sealed class ConsoleHost : WebApplicationFactory<McpConsole.Web.Components.App>
{
    public const string Viewer = nameof(Role.Viewer);
    public const string Developer = nameof(Role.Developer);
    public const string Administrator = nameof(Role.Administrator);

    public static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private static readonly ServerSnapshot s_pets = new()
    {
        Definition = new ServerDefinition
        {
            Id = new ServerId(new Guid("11111111111111111111111111111111")),
            Name = "pets",
            Launch = new OpenApiLaunch { Document = "/srv/pets.json", AuthToken = new Secret("s3cret-token") },
            Environment = ImmutableSortedDictionary<string, Secret>.Empty.Add("KEY", new Secret("s3cret-value")),
            Tags = ["animals"],
        },
        Version = 1,
        Since = Start,
        State = Lifecycle.Running,
        Health = new Health(HealthLevel.Healthy, HealthCause.Answering),
        Run = new RunInfo(Guid.Empty, 4711, 1, Start, 3322),
        Url = "http://127.0.0.1:3322/mcp",
        ToolCount = 3,
    };

    private readonly string _data = Directory.CreateTempSubdirectory("mcpconsole-web-").FullName;

    public ConsoleHost() => Reset();

    /// <summary>Forgets what a test before arranged: starting a host for each test would cost a second.</summary>
    public void Reset()
    {
        foreach (var port in Ports)
        {
            port.ClearSubstitute();
        }

        Pets = s_pets;
        foreach (var role in Enum.GetValues<Role>())
        {
            Tokens.VerifyAsync(role.ToString(), Arg.Any<string?>(), Arg.Any<CancellationToken>())
                .Returns(new Actor($"someone ({role})", role, "127.0.0.1"));
        }

        Catalog.All.Returns(_ => [Pets]);
        Catalog.Find(Arg.Any<string>()).Returns(call => call.Arg<string>() == Pets.Name || call.Arg<string>() == Pets.Id.ToString() ? Pets : null);
        Catalog.Find(Arg.Any<ServerId>()).Returns(call => call.Arg<ServerId>() == Pets.Id ? Pets : null);
        Commands.CreateAsync(default!, default!, default).ReturnsForAnyArgs(_ => Pets);
        Commands.UpdateAsync(default, default!, default!, default).ReturnsForAnyArgs(_ => Pets);
        Commands.DeleteAsync(default, default!, default).ReturnsForAnyArgs(_ => new Done());
        Commands.StartAsync(default, default!, default, default).ReturnsForAnyArgs(_ => Pets);
        Commands.StopAsync(default, default!, default, default).ReturnsForAnyArgs(_ => Pets);
        Commands.RestartAsync(default, default!, default, default).ReturnsForAnyArgs(_ => Pets);
        Commands.CheckHealthAsync(default, default).ReturnsForAnyArgs(_ => Pets.Health);
        Preview.Preview(default!).ReturnsForAnyArgs(call => LaunchPlanner.Plan(call.Arg<ServerDefinition>(), 3322, "mcpc"));
        Tools.CallAsync(default, default!, default, default!, default)
            .ReturnsForAnyArgs(_ => new ToolOutcome(JsonElement.Parse("""{"content":[]}"""), false, TimeSpan.FromMilliseconds(5)));
        Inspector.InspectAsync(default!, default!, default)
            .ReturnsForAnyArgs(_ => new DocumentPreview("Pets", "1", "OpenAPI 3.1.0", "http://127.0.0.1", [], 0, []));
        Logs.FollowAsync(default, default, default).ReturnsForAnyArgs(_ => Array.Empty<LogBatch>().ToAsyncEnumerable());
        Logs.SearchAsync(default!, default!, default).ReturnsForAnyArgs(_ => Array.Empty<LogSearchProgress>().ToAsyncEnumerable());
        Tools.ListAsync(default, default).ReturnsForAnyArgs(_ => ImmutableArray<ToolInfo>.Empty);
        Logs.ReadAsync(default, default!, default).ReturnsForAnyArgs(_ => new LogPage([], false));
        Logs.Extent(default).ReturnsForAnyArgs(new LogExtent(1, 42, 4242));
        Logs.Fault.Returns((string?)null);
        Events.ReadAsync(default, default, default, default).ReturnsForAnyArgs(_ => ImmutableArray<ServerEvent>.Empty);
        Runs.ReadAsync(default, default, default).ReturnsForAnyArgs(_ => ImmutableArray<RunRecord>.Empty);
        History.ReadAsync(default, default, default).ReturnsForAnyArgs(_ => ImmutableArray<ResourceSample>.Empty);
        Audit.ReadAsync(default!, default).ReturnsForAnyArgs(new AuditPage([], 0));
        Accounts.ListAsync(default!, default).ReturnsForAnyArgs(_ => ImmutableArray<UserInfo>.Empty);
        Tokens.ListAsync(default!, default).ReturnsForAnyArgs(_ => ImmutableArray<ApiTokenInfo>.Empty);
        Jobs.ListAsync(default).ReturnsForAnyArgs(_ => ImmutableArray<JobStatus>.Empty);
        Accounts.CreateAsync(default!, default!, default, default!, default).ReturnsForAnyArgs(_ => Ann);
        Accounts.SetRoleAsync(default, default, default!, default).ReturnsForAnyArgs(_ => Ann);
        Accounts.SetDisabledAsync(default, default, default!, default).ReturnsForAnyArgs(_ => Ann);
        Accounts.SetPasswordAsync(default, default!, default!, default).ReturnsForAnyArgs(_ => new Done());
        Accounts.DeleteAsync(default, default!, default).ReturnsForAnyArgs(_ => new Done());
        Tokens.CreateAsync(default!, default, default, default!, default).ReturnsForAnyArgs(_ => new NewApiToken(new ApiTokenInfo(Guid.Empty, "ci", "mcpc_abcd", Role.Viewer, "ann", Start, null, null), "mcpc_abcdefgh"));
        Tokens.RevokeAsync(default, default!, default).ReturnsForAnyArgs(_ => new Done());
        Jobs.RunNowAsync(default!, default!, default).ReturnsForAnyArgs(_ => new Done());
        Jobs.PauseAsync(default!, default!, default).ReturnsForAnyArgs(_ => new Done());
        Jobs.ResumeAsync(default!, default!, default).ReturnsForAnyArgs(_ => new Done());
        Database.Description.Returns("a substitute");
    }

    public IServerCatalog Catalog { get; } = Substitute.For<IServerCatalog>();

    public IServerCommands Commands { get; } = Substitute.For<IServerCommands>();

    public ILaunchPreview Preview { get; } = Substitute.For<ILaunchPreview>();

    public IToolClient Tools { get; } = Substitute.For<IToolClient>();

    public IDocumentInspector Inspector { get; } = Substitute.For<IDocumentInspector>();

    public ILogStore Logs { get; } = Substitute.For<ILogStore>();

    public IServerEventLog Events { get; } = Substitute.For<IServerEventLog>();

    public IRunStore Runs { get; } = Substitute.For<IRunStore>();

    public IResourceHistory History { get; } = Substitute.For<IResourceHistory>();

    public IAuditLog Audit { get; } = Substitute.For<IAuditLog>();

    public IAccounts Accounts { get; } = Substitute.For<IAccounts>();

    public IApiTokens Tokens { get; } = Substitute.For<IApiTokens>();

    public ISignIn SignIn { get; } = Substitute.For<ISignIn>();

    public IFirstRun FirstRun { get; } = Substitute.For<IFirstRun>();

    public IJobBoard Jobs { get; } = Substitute.For<IJobBoard>();

    public IDatabaseStatus Database { get; } = Substitute.For<IDatabaseStatus>();

    public static UserInfo Ann { get; } = new(Guid.Empty, "ann", Role.Viewer, false, Start, null, null);

    public ServerSnapshot Pets { get; set; } = s_pets;

    private object[] Ports =>
        [Catalog, Commands, Preview, Tools, Inspector, Logs, Events, Runs, History, Audit, Accounts, Tokens, SignIn, FirstRun, Jobs, Database];

    /// <summary>A client that signs with a role's token; null: with none. Redirects are not followed.</summary>
    public HttpClient As(string? role)
    {
        var client = CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, HandleCookies = true });
        client.DefaultRequestHeaders.Authorization = role is null ? null : new AuthenticationHeaderValue("Bearer", role);
        return client;
    }

    /// <summary>A request as it comes from an address.</summary>
    public async Task<HttpStatusCode> GetFromAsync(IPAddress address, string path, params (string Name, string Value)[] headers)
    {
        var context = await Server.SendAsync(c =>
        {
            c.Connection.RemoteIpAddress = address;
            c.Request.Method = "GET";
            c.Request.Host = new("localhost");
            c.Request.Path = path;
            foreach (var (name, value) in headers)
            {
                c.Request.Headers[name] = value;
            }
        });
        return (HttpStatusCode)context.Response.StatusCode;
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("MCPCONSOLE_DATA", _data);
        builder.ConfigureTestServices(services =>
        {
            foreach (var own in services.Where(s => s.ServiceType == typeof(IHostedService) && !IsOfTheWeb(s)).ToList())
            {
                services.Remove(own);
            }

            Put(services, Catalog);
            Put(services, Commands);
            Put(services, Preview);
            Put(services, Tools);
            Put(services, Inspector);
            Put(services, Logs);
            Put(services, Events);
            Put(services, Runs);
            Put(services, History);
            Put(services, Audit);
            Put(services, Accounts);
            Put(services, Tokens);
            Put(services, SignIn);
            Put(services, FirstRun);
            Put(services, Jobs);
            Put(services, Database);
        });
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (Directory.Exists(_data))
        {
            Directory.Delete(_data, recursive: true);
        }
    }

    private static void Put<T>(IServiceCollection services, T instance)
        where T : class => services.Replace(ServiceDescriptor.Singleton(instance));

    private static bool IsOfTheWeb(ServiceDescriptor service)
    {
        var type = service.ImplementationType ?? service.ImplementationFactory?.GetType().GenericTypeArguments[^1];
        return type?.Assembly.GetName().Name is { } name
            && (name == "McpConsole.Web" || name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));
    }
}

using McpConsole.Domain.Accounts;
using McpConsole.Domain.Audit;
using McpConsole.Domain.Logs;
using McpConsole.Domain.Processes;
using McpConsole.Domain.Results;
using McpConsole.Domain.Servers;
using McpConsole.Infrastructure;
using McpConsole.Infrastructure.Servers;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace McpConsole.Tests.Servers.Supervised;

/// <summary>What outlives a console: its data folder, its database, its keys.</summary>
internal sealed class ConsoleWorld : IDisposable
{
    public ConsoleWorld(string? folder = null)
    {
        Data = new DataFolder(folder ?? Directory.CreateTempSubdirectory("mcpconsole-test-").FullName);
        Keys = DataProtectionProvider.Create(Directory.CreateDirectory(Data.Keys));
    }

    public DataFolder Data { get; }

    public MemoryServerStore Store { get; } = new();

    public IDataProtectionProvider Keys { get; }

    public EventRecorder Events { get; } = new();

    public RunRecorder Runs { get; } = new();

    public AuditRecorder Audit { get; } = new();

    public async Task<SupervisedConsole> StartAsync(Action<SupervisionOptions>? configure = null, TimeProvider? time = null, IServerProbe? probe = null)
    {
        var console = new SupervisedConsole(this, configure, time ?? TimeProvider.System, probe);
        await console.StartAsync();
        return console;
    }

    public void Dispose() => Directory.Delete(Data.Root, recursive: true);
}

/// <summary>The real supervision over fakes at its ports: a database in memory, plain spool files, a simple probe and bridge.</summary>
internal sealed class SupervisedConsole : IAsyncDisposable
{
    private readonly IHost _host;

    public SupervisedConsole(ConsoleWorld world, Action<SupervisionOptions>? configure, TimeProvider time, IServerProbe? probe)
    {
        World = world;
        Intake = new FileLogIntake(world.Data);
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection();
        builder.Services
            .AddSingleton(world.Data)
            .AddSingleton(time)
            .AddSingleton(world.Keys)
            .AddSingleton<IServerStore>(world.Store)
            .AddSingleton<IServerEventLog>(world.Events)
            .AddSingleton<IRunStore>(world.Runs)
            .AddSingleton<IAuditLog>(world.Audit)
            .AddSingleton<IResourceHistory>(Samples)
            .AddSingleton<ILogIntake>(Intake)
            .AddSingleton<IBridgeHost, LoopBridges>()
            .AddSingleton(probe ?? new HttpProbe())
            .Configure<SupervisionOptions>(options =>
            {
                options.FirstPort = Random.Shared.Next(20_000, 30_000);
                configure?.Invoke(options);
            })
            .AddServerSupervision();
        _host = builder.Build();
    }

    public ConsoleWorld World { get; }

    public FileLogIntake Intake { get; }

    public SampleRecorder Samples { get; } = new();

    public IServerCatalog Catalog => Get<IServerCatalog>();

    public IServerCommands Commands => Get<IServerCommands>();

    public T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    public Task StartAsync() => _host.StartAsync();

    public async Task<ServerSnapshot> CreateAsync(ServerDraft draft) =>
        (await Commands.CreateAsync(draft, Actor.Console, CancellationToken.None)).Value;

    /// <summary>Creates the fake server with these switches and starts it; HTTP unless its transport says otherwise.</summary>
    public async Task<Result<ServerSnapshot>> RunFakeAsync(string[] switches, Func<ServerDraft, ServerDraft>? change = null, bool wait = true)
    {
        var draft = FakeProgram.Draft(switches);
        var server = await CreateAsync(change?.Invoke(draft) ?? draft);
        return await Commands.StartAsync(server.Id, Actor.Console, wait, CancellationToken.None);
    }

    public ServerSnapshot Now(ServerId id) => Catalog.Find(id)!;

    public Task StopAsync() => _host.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
    }
}

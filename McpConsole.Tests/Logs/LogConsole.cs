using System.Collections.Immutable;
using System.Text;
using McpConsole.Domain.Logs;
using McpConsole.Domain.Servers;
using McpConsole.Infrastructure;
using McpConsole.Infrastructure.Logs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace McpConsole.Tests.Logs;

/// <summary>The logs' part of a console over a data folder of its own. A second one over the same folder is the console after a restart.</summary>
internal sealed class LogConsole : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly bool _ownsFolder;

    public LogConsole(Action<LogOptions>? configure = null, DataFolder? data = null, TimeProvider? time = null)
    {
        _ownsFolder = data is null;
        Data = data ?? DataFolder.At(Directory.CreateTempSubdirectory("mcpconsole-test-").FullName);
        var services = new ServiceCollection().AddLogging().AddSingleton(Data).AddSingleton(time ?? TimeProvider.System);
        services.AddServerLogs().Configure(configure ?? (_ => { }));
        _services = services.BuildServiceProvider();
    }

    public DataFolder Data { get; }

    public ServerId Server { get; } = new(Guid.Parse("5e21f2a0-0000-4000-8000-000000000001"));

    public ILogIntake Intake => _services.GetRequiredService<ILogIntake>();

    public ILogStore Store => _services.GetRequiredService<ILogStore>();

    public string LogFolder => Data.Log(Server);

    public LogExtent Extent => Store.Extent(Server);

    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    public static async Task<LogConsole> StartAsync(Action<LogOptions>? configure = null, DataFolder? data = null, TimeProvider? time = null)
    {
        var console = new LogConsole(configure, data, time);
        foreach (var hosted in console._services.GetServices<IHostedService>())
        {
            await hosted.StartAsync(Ending);
        }

        return console;
    }

    /// <summary>Begins a run: what the launcher opens and the supervisor attaches.</summary>
    public SpooledRun Run(params ImmutableArray<Secret> secrets) => Attach(Guid.NewGuid(), secrets);

    public SpooledRun Attach(Guid runId, params ImmutableArray<Secret> secrets)
    {
        var paths = Intake.CreateSpool(Server, runId);
        Intake.Attach(Server, runId, secrets);
        return new SpooledRun(this, runId, paths);
    }

    public async Task<IReadOnlyList<LogLine>> LinesAsync() => await Store.ReadRangeAsync(Server, 1, int.MaxValue, Ending);

    public async Task<IReadOnlyList<string>> TextsAsync() => [.. (await LinesAsync()).Select(line => line.Text)];

    /// <summary>What stands on disk in plain segments.</summary>
    public string RawText() =>
        string.Concat(Directory.EnumerateFiles(LogFolder, "*.log").Order(StringComparer.Ordinal).Select(path => Encoding.UTF8.GetString(File.ReadAllBytes(path))));

    public async ValueTask DisposeAsync()
    {
        foreach (var hosted in _services.GetServices<IHostedService>().Reverse())
        {
            await hosted.StopAsync(CancellationToken.None);
        }

        await _services.DisposeAsync();
        if (_ownsFolder && Directory.Exists(Data.Root))
        {
            Directory.Delete(Data.Root, recursive: true);
        }
    }
}

using McpConsole.Infrastructure;
using McpConsole.Infrastructure.Database;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace McpConsole.Tests.Database;

/// <summary>A console without pages: the real registrations and hosted services over a data folder and a database of its own.</summary>
internal sealed class TestConsole : IAsyncDisposable
{
    private readonly IHost _host;

    private TestConsole(IHost host) => _host = host;

    public ConsoleDatabase Database => Get<ConsoleDatabase>();

    /// <param name="connectionString">Null: a private PostgreSQL in <paramref name="folder"/>.</param>
    public static async Task<TestConsole> StartAsync(
        string folder,
        string? connectionString,
        Action<IServiceCollection>? services = null,
        IReadOnlyDictionary<string, string?>? settings = null,
        TimeProvider? time = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new() { EnvironmentName = Environments.Development });
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Configuration.AddInMemoryCollection([new("ConnectionStrings:Console", connectionString)]);
        builder.Services.AddSingleton(DataFolder.At(folder));
        builder.Services.AddSingleton(time ?? TimeProvider.System);
        builder.Services.AddLogging().AddConsoleDatabase(builder.Configuration);
        services?.Invoke(builder.Services);
        var console = new TestConsole(builder.Build());
        await console._host.StartAsync(TestContext.Current.CancellationToken);
        return console;
    }

    public T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    public Task WhenReadyAsync() =>
        Database.WhenReadyAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        _host.Dispose();
    }
}

using Microsoft.Extensions.DependencyInjection;

namespace McpConsole.Tests.Database;

/// <summary>A console over a fresh database, shared by the tests of one class.</summary>
public sealed class DatabaseFixture(PostgresFixture postgres) : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private TestConsole? _console;

    internal ShiftedTime Time { get; } = new();

    internal TestConsole Console => _console ?? throw new InvalidOperationException("Not started.");

    public async ValueTask InitializeAsync()
    {
        var connectionString = await postgres.NewDatabaseAsync(TestContext.Current.CancellationToken);
        _console = await TestConsole.StartAsync(_folder.Path, connectionString, services => services.AddAccounts(), time: Time);
        await _console.WhenReadyAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Console.DisposeAsync();
        _folder.Dispose();
    }
}

using McpConsole.Infrastructure;
using McpConsole.Infrastructure.Database;
using McpConsole.Tests.Database;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

[assembly: AssemblyFixture(typeof(PostgresFixture))]

namespace McpConsole.Tests.Database;

/// <summary>One private PostgreSQL for all tests of the assembly, started by the first that needs it; each class takes a fresh database.</summary>
public sealed class PostgresFixture : IAsyncDisposable
{
    private readonly SemaphoreSlim _gate = new(1);
    private readonly TemporaryFolder _folder = new();
    private PrivatePostgres? _postgres;
    private int _databases;

    public async Task<string> NewDatabaseAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            _postgres ??= new(DataFolder.At(_folder.Path), TimeProvider.System, NullLogger<PrivatePostgres>.Instance);
            await _postgres.EnsureRunningAsync(cancellationToken);
            return new NpgsqlConnectionStringBuilder(_postgres.ConnectionString) { Database = $"test_{++_databases}", MaxPoolSize = 10 }.ConnectionString;
        }
        finally
        {
            _gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_postgres is not null)
        {
            await _postgres.StopAsync();
            _postgres.Dispose();
        }

        _folder.Dispose();
        _gate.Dispose();
    }
}

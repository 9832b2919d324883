using Npgsql;

namespace McpConsole.Infrastructure.Database;

/// <param name="IsPrivate">Whether it is the console's own PostgreSQL, so that nobody else uses it.</param>
internal sealed record DatabaseAddress(string ConnectionString, bool IsPrivate)
{
    /// <summary>For people; without user name and password.</summary>
    public string Description
    {
        get
        {
            var parts = new NpgsqlConnectionStringBuilder(ConnectionString);
            return IsPrivate ? $"private PostgreSQL ({parts.Host})" : $"PostgreSQL, database {parts.Database} on {parts.Host}";
        }
    }
}

using McpConsole.Domain.Results;

namespace McpConsole.Infrastructure.Database;

/// <summary>The database cannot be reached for now. The message names the cause and the next step.</summary>
public sealed class DatabaseUnavailableException : Exception
{
    public DatabaseUnavailableException()
    {
    }

    public DatabaseUnavailableException(string message)
        : base(message)
    {
    }

    public DatabaseUnavailableException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>The same as a value.</summary>
    public Error ToError() => new("database.unavailable", ErrorKind.Unavailable, "The database is not available: {0}", Message);
}

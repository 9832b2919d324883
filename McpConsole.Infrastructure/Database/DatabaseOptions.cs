using System.Data.Common;
using Microsoft.Extensions.Options;
using Npgsql;

namespace McpConsole.Infrastructure.Database;

/// <summary>Which database the console keeps its data in.</summary>
public sealed class DatabaseOptions
{
    public const string SectionName = "Database";

    /// <summary>The kind of server behind <see cref="ConnectionString"/>; <c>PostgreSql</c> is the one there is.</summary>
    public string Provider { get; set; } = "PostgreSql";

    /// <summary>From <c>ConnectionStrings:Console</c>; without it the console runs a PostgreSQL of its own in the data folder.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>How long lifecycle events and ended runs are kept.</summary>
    /// <value>90 days.</value>
    public TimeSpan KeepEvents { get; set; } = TimeSpan.FromDays(90);

    /// <summary>How long the audit log is kept.</summary>
    /// <value>365 days.</value>
    public TimeSpan KeepAudit { get; set; } = TimeSpan.FromDays(365);
}

internal sealed class DatabaseOptionsValidator : IValidateOptions<DatabaseOptions>
{
    public ValidateOptionsResult Validate(string? name, DatabaseOptions options)
    {
        var faults = new List<string>();
        if (!string.Equals(options.Provider, "PostgreSql", StringComparison.OrdinalIgnoreCase))
        {
            faults.Add($"Database:Provider is «{options.Provider}»; this build supports PostgreSql.");
        }

        if (options.ConnectionString is { } text && ConnectionStringFault(text) is { } fault)
        {
            faults.Add($"ConnectionStrings:Console cannot be used: {fault}");
        }

        if (options.KeepEvents < TimeSpan.FromDays(1) || options.KeepAudit < TimeSpan.FromDays(1))
        {
            faults.Add("Database:KeepEvents and Database:KeepAudit must be one day at least.");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static string? ConnectionStringFault(string text)
    {
        try
        {
            var builder = new NpgsqlConnectionStringBuilder(text);
            return string.IsNullOrEmpty(builder.Host) || string.IsNullOrEmpty(builder.Database) ? "it needs Host and Database." : null;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or DbException)
        {
            return e.Message;
        }
    }
}

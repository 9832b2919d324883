using McpConsole.Domain.Servers;
using McpConsole.Mcp.OpenApi;
using McpConsole.Mcp.OpenApi.Calls;

namespace McpConsole.Runner;

/// <summary>Makes of the command line and the environment what the tools need.</summary>
internal static class Access
{
    /// <exception cref="RunnerException">A variable is missing, or a header is none.</exception>
    public static OpenApiOptions ToOpenApi(RunnerOptions options) => new()
    {
        Source = new OpenApiSource(options.Document, options.BaseUrl, Filter(options)),
        Access = new ApiAccess
        {
            Token = options.AuthVariable is { } name ? new Secret(Variable(name)) : options.Auth is { } token ? new Secret(token) : null,
            Headers = [.. options.Headers.ConvertAll(Header)],
        },
        Watch = options.Watch,
    };

    public static OperationFilter Filter(RunnerOptions options) => new([.. options.Include], [.. options.Exclude]);

    private static (string Name, Secret Value) Header(string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        return colon > 0
            ? (line[..colon].Trim(), new Secret(Fill(line[(colon + 1)..].Trim())))
            : throw new RunnerException("--headers needs the form \"Name: value\".");
    }

    /// <summary>Replaces each <c>${NAME}</c>.</summary>
    private static string Fill(string text)
    {
        for (var start = text.IndexOf("${", StringComparison.Ordinal); start >= 0;)
        {
            var end = text.IndexOf('}', start);
            if (end < 0)
            {
                break;
            }

            var value = Variable(text[(start + 2)..end]);
            text = string.Concat(text.AsSpan(0, start), value, text.AsSpan(end + 1));
            start = text.IndexOf("${", start + value.Length, StringComparison.Ordinal);
        }

        return text;
    }

    private static string Variable(string name) =>
        Environment.GetEnvironmentVariable(name) ?? throw new RunnerException($"The environment variable {name} is not set.");
}

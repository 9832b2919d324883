using System.Collections;
using McpConsole.Domain.Processes;
using McpConsole.Domain.Servers;

namespace McpConsole.Infrastructure.Processes;

/// <summary>The environment that a child gets: ours without what is the console's own, the plan's over it, and the marks.</summary>
internal static class ChildEnvironment
{
    public const string ServerMark = "MCPCONSOLE_SERVER_ID";
    public const string RunMark = "MCPCONSOLE_RUN_ID";

    /// <summary>Where <c>mcpc</c> keeps what it has made of a document, so that a server's next start need not make it again.</summary>
    private const string PlansFolder = "MCPCONSOLE_PLANS";

    // The console's settings: passwords among them, and addresses on which a child would try to listen in our place.
    private static readonly string[] s_ownPrefixes = ["MCPCONSOLE_", "ConnectionStrings__", "Database__", "ASPNETCORE_", "RELAY_", "LISTEN_"];
    private static readonly string[] s_ownNames = ["NOTIFY_SOCKET", "DOTNET_URLS", "DOTNET_ENVIRONMENT"];

    public static Dictionary<string, string> Build(LaunchPlan plan, ServerId server, Guid runId, string plansFolder)
    {
        var result = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in Environment.GetEnvironmentVariables())
        {
            if (entry is { Key: string name, Value: string value } && !IsOwn(name))
            {
                result[name] = value;
            }
        }

        result[PlansFolder] = plansFolder;
        foreach (var (name, value) in plan.Environment)
        {
            result[name] = value;
        }

        foreach (var (name, value) in plan.SecretEnvironment)
        {
            result[name] = value.Reveal();
        }

        result[ServerMark] = server.ToString();
        result[RunMark] = runId.ToString("N");
        return result;
    }

    // Two underscores are how .NET spells a section of the configuration in a variable: ConnectionStrings__Console.
    private static bool IsOwn(string name) =>
        s_ownPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
        || s_ownNames.Contains(name, StringComparer.OrdinalIgnoreCase)
        || name.IndexOf("__", StringComparison.Ordinal) > 0;
}

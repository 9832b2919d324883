namespace McpConsole.Infrastructure.Servers;

/// <summary>Where the console finds <c>mcpc</c>.</summary>
internal static class RunnerLocation
{
    private const string Name = "mcpc";

    /// <summary>Beside the console where both are installed in one folder; in its own folder of the build's output; else on the PATH.</summary>
    public static string Find()
    {
        var here = AppContext.BaseDirectory;
        var configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(here));
        string[] places = [Path.Combine(here, Name), Path.GetFullPath(Path.Combine(here, "..", "..", "McpConsole.Runner", configuration, Name))];
        return Array.Find(places, File.Exists) ?? Name;
    }
}

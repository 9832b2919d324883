namespace McpConsole.Tests.OpenApi;

/// <summary>The documents beside the tests.</summary>
internal static class DocumentFiles
{
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "OpenApi", "Documents");

    public static string PathOf(string name) => Path.Combine(Folder, name);
}

namespace McpConsole.Tests.OpenApi;

/// <summary>A folder of a test's own for documents and plans, gone after it.</summary>
internal sealed class DocumentFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("mcpconsole-openapi-").FullName;

    public string Write(string name, string text)
    {
        var path = System.IO.Path.Combine(Path, name);
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

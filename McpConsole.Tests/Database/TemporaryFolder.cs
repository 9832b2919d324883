namespace McpConsole.Tests.Database;

internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("mcpconsole-test-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

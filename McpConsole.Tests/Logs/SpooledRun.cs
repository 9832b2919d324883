using System.Text;
using McpConsole.Domain.Logs;

namespace McpConsole.Tests.Logs;

/// <summary>Prints as a child does: by appending to the files that the intake made.</summary>
internal sealed class SpooledRun(LogConsole console, Guid id, SpoolPaths paths)
{
    public Guid Id => id;

    public SpoolPaths Paths => paths;

    public void Print(string text) => Print(Encoding.UTF8.GetBytes(text));

    public void Print(params byte[] bytes) => Append(paths.Stdout, bytes);

    public void PrintError(string text) => Append(paths.Stderr, Encoding.UTF8.GetBytes(text));

    public Task EndAsync() => console.Intake.DrainAsync(console.Server, id, TestContext.Current.CancellationToken);

    private static void Append(string path, byte[] bytes)
    {
        using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        file.Write(bytes);
    }
}

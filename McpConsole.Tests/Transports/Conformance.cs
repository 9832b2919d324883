using System.Diagnostics;

namespace McpConsole.Tests.Transports;

/// <summary>The official conformance suite and inspector, as test.sh installs them, and the fixture server that they run against.</summary>
internal static class Conformance
{
    /// <summary>The server that carries the suite's fixtures.</summary>
    public static string ServerProgram { get; } = Sibling("McpConsole.ConformanceServer");

    public static string Node => Installed(".bin", "node");

    public static string Suite => Installed("@modelcontextprotocol", "conformance", "dist", "index.js");

    /// <summary>What <c>npx @modelcontextprotocol/inspector --cli</c> runs.</summary>
    public static string Inspector => Installed("@modelcontextprotocol", "inspector", "cli", "build", "index.js");

    /// <summary>Runs a program to its end and returns its exit code and output.</summary>
    public static async Task<(int Code, string Output)> RunAsync(string program, params string[] arguments)
    {
        var folder = Directory.CreateTempSubdirectory("mcpconsole-");
        try
        {
            var start = new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = folder.FullName, // The suite writes its results where it is run.
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                RedirectStandardInput = true,
                UseShellExecute = false,
            };
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            var text = await output + await error;
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return (process.ExitCode, text);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Sibling(string project) => Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", project, "release", project));

    private static string Installed(params string[] path)
    {
        var folder = Environment.GetEnvironmentVariable("MCPCONSOLE_CONFORMANCE");
        var file = folder is null ? null : Path.Combine([folder, "node_modules", .. path]);
        return File.Exists(file)
            ? file
            : throw new InvalidOperationException("The conformance suite is not installed. Run ./test.sh: it installs the suite and sets MCPCONSOLE_CONFORMANCE.");
    }
}

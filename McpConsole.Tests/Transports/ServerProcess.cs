using System.Diagnostics;
using System.Text;

namespace McpConsole.Tests.Transports;

/// <summary>A server program that the test starts, and kills at the end.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly StringBuilder _errors = new();

    private ServerProcess(Process process)
    {
        Process = process;
        process.ErrorDataReceived += (_, line) =>
        {
            lock (_errors)
            {
                _errors.AppendLine(line.Data);
            }
        };
        process.BeginErrorReadLine();
    }

    public Process Process { get; }

    public string Errors
    {
        get
        {
            lock (_errors)
            {
                return _errors.ToString();
            }
        }
    }

    public static ServerProcess Start(string program, params string[] arguments) => Start(new ProcessStartInfo(program, arguments));

    public static ServerProcess Start(ProcessStartInfo start)
    {
        start.UseShellExecute = false;
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        return new ServerProcess(Process.Start(start)!);
    }

    /// <summary>The URL in the first line that it prints.</summary>
    public async Task<Uri> ReadUrlAsync()
    {
        var line = await Process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        var start = line?.IndexOf("http://", StringComparison.Ordinal) ?? -1;
        return new Uri((start < 0 ? null : line![start..]).ShouldNotBeNull(Errors));
    }

    public void Dispose()
    {
        Process.Kill(entireProcessTree: true);
        Process.WaitForExit();
        Process.Dispose();
    }
}

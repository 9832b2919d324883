using System.Diagnostics;
using McpConsole.Domain.Processes;

namespace McpConsole.Tests.Bridge;

/// <summary>A stdio child that is a real process.</summary>
internal sealed class ProcessChild : IStdioChild
{
    private readonly Process _process;

    private ProcessChild(Process process) => _process = process;

    public int Pid => _process.Id;

    public Stream Input => _process.StandardInput.BaseStream;

    public Stream Output => _process.StandardOutput.BaseStream;

    public Task Exited => _process.WaitForExitAsync();

    public static ProcessChild Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false };
        return new ProcessChild(Process.Start(start)!);
    }

    public void Kill() => _process.Kill();

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}

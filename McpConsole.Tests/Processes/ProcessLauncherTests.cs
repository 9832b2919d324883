using System.Collections.Immutable;
using McpConsole.Domain.Logs;
using McpConsole.Domain.Processes;
using McpConsole.Domain.Results;
using McpConsole.Domain.Servers;
using McpConsole.Infrastructure;
using McpConsole.Infrastructure.Processes;
using Microsoft.Extensions.Logging.Abstractions;

namespace McpConsole.Tests.Processes;

[Trait("Kind", "Integration")]
public sealed class ProcessLauncherTests : IDisposable
{
    private static readonly ServerId s_server = new(Guid.NewGuid());
    private readonly string _folder = Directory.CreateTempSubdirectory("mcpconsole-test-").FullName;
    private readonly Spawner _spawner = new();
    private readonly ExitWatcher _exits = new(TimeProvider.System);
    private readonly RunStopper _stopper = new(new RunSweeper(TimeProvider.System, NullLogger<RunSweeper>.Instance), TimeProvider.System);
    private readonly ProcessLauncher _launcher;

    public ProcessLauncherTests() => _launcher =
        new ProcessLauncher(_spawner, _exits, _stopper, DataFolder.At(_folder), TimeProvider.System, NullLogger<ProcessLauncher>.Instance);

    private SpoolPaths Spool => new(Path.Combine(_folder, "out"), Path.Combine(_folder, "err"));

    public void Dispose()
    {
        _spawner.Dispose();
        _exits.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("exit 7", 7, null)]
    [InlineData("kill -SEGV $$", null, "SIGSEGV")]
    [InlineData("kill -KILL $$", null, "SIGKILL")]
    public async Task The_end_of_a_process_is_told(string script, int? code, string? signal)
    {
        var process = await LaunchAsync(Sh(script));
        var status = await process.Exited.WaitAsync(TestContext.Current.CancellationToken);
        (status.Code, status.SignalName).ShouldBe((code, signal));
    }

    [Fact]
    public async Task A_process_leads_its_own_session_and_appends_to_the_spool()
    {
        await File.WriteAllTextAsync(Spool.Stdout, "before\n", TestContext.Current.CancellationToken);
        var process = await LaunchAsync(Sh("echo out; echo err >&2; cut -d' ' -f1,5,6 /proc/$$/stat; cat"));
        await process.Exited.WaitAsync(TestContext.Current.CancellationToken);
        (await File.ReadAllTextAsync(Spool.Stdout, TestContext.Current.CancellationToken)).ShouldBe($"before\nout\n{process.Pid} {process.Pid} {process.Pid}\n");
        (await File.ReadAllTextAsync(Spool.Stderr, TestContext.Current.CancellationToken)).ShouldBe("err\n");
    }

    [Fact]
    public async Task A_child_gets_its_words_its_environment_and_its_directory_untouched()
    {
        var plan = new LaunchPlan
        {
            Argv = ["sh", "-c", "printf '%s|' \"$@\" \"$PLAIN\" \"$HIDDEN\" \"$MCPCONSOLE_SERVER_ID\" \"$PWD\"", "sh", "a b", "$HOME", "it's", "\n"],
            Environment = ImmutableSortedDictionary<string, string>.Empty.Add("PLAIN", "p q"),
            SecretEnvironment = ImmutableSortedDictionary<string, Secret>.Empty.Add("HIDDEN", new Secret("s3cret")),
            WorkingDirectory = _folder,
        };
        (await RunAsync(plan)).ShouldBe($"a b|$HOME|it's|\n|p q|s3cret|{s_server}|{_folder}|");
    }

    [Fact]
    public async Task The_consoles_own_secrets_are_not_inherited()
    {
        string[] own = ["MCPCONSOLE_ADMIN_PASSWORD", "ConnectionStrings__Console", "ASPNETCORE_URLS", "RELAY_KEY"];
        foreach (var name in own)
        {
            Environment.SetEnvironmentVariable(name, "hush");
        }

        try
        {
            var output = await RunAsync(Sh("env"));
            output.ShouldContain("PATH=");
            output.ShouldNotContain("hush");
        }
        finally
        {
            foreach (var name in own)
            {
                Environment.SetEnvironmentVariable(name, null);
            }
        }
    }

    [Fact]
    public async Task No_descriptor_and_no_signal_setting_leaks()
    {
        var inheritable = OpenInheritable();
        var process = await LaunchAsync(new LaunchPlan { Argv = ["sleep", "600"] });
        _ = Libc.Close(inheritable);
        Directory.EnumerateFiles($"/proc/{process.Pid}/fd").Select(Path.GetFileName).ShouldBe(["0", "1", "2"], ignoreOrder: true);
        var status = await File.ReadAllLinesAsync($"/proc/{process.Pid}/status", TestContext.Current.CancellationToken);
        await _stopper.StopAsync(process, TimeSpan.FromSeconds(5));

        // Signals 32 and 33 are the C library's own.
        Signals(status, "SigBlk:").ShouldBe(0ul);
        (Signals(status, "SigIgn:") & 0x7fffffff).ShouldBe(0ul);
    }

    [Fact]
    public async Task Limits_are_set()
    {
        var plan = Sh("read x < /dev/null; while [ $(ulimit -n) != 64 ] || [ $(cut -d' ' -f19 /proc/$$/stat) != 5 ]; do :; done; echo ok") with
        {
            Limits = new ResourceLimits(OpenFiles: 64, Nice: 5),
        };
        (await RunAsync(plan)).ShouldBe("ok\n");
    }

    [Theory]
    [InlineData("no-such-program-here", "launch.not_found")]
    [InlineData("./missing", "launch.not_found")]
    [InlineData("./plain.txt", "launch.not_executable")]
    [InlineData("./", "launch.not_executable")]
    [InlineData("./broken", "launch.not_a_program")]
    [InlineData("./orphan", "launch.not_a_program")]
    public async Task What_cannot_be_started_says_why(string program, string code)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "plain.txt"), "text", TestContext.Current.CancellationToken);
        await WriteExecutableAsync("broken", "no interpreter line");
        await WriteExecutableAsync("orphan", "#!/no/such/interpreter\n");
        var result = await _launcher.LaunchAsync(new LaunchPlan { Argv = [program], WorkingDirectory = _folder }, s_server, Guid.NewGuid(), Spool);
        result.Error!.Code.ShouldBe(code);
        result.Error.Kind.ShouldBe(ErrorKind.Failed);
    }

    [Fact]
    public async Task A_missing_working_directory_is_named()
    {
        var result = await _launcher.LaunchAsync(Sh("exit") with { WorkingDirectory = "/no/such/place" }, s_server, Guid.NewGuid(), Spool);
        result.Error!.Code.ShouldBe("launch.no_directory");
        result.Error.Message.ShouldContain("/no/such/place");
    }

    [Fact]
    public async Task A_program_is_looked_up_on_the_childs_own_PATH()
    {
        await WriteExecutableAsync("only-here", "#!/bin/sh\necho found\n");
        var plan = new LaunchPlan { Argv = ["only-here"], Environment = ImmutableSortedDictionary<string, string>.Empty.Add("PATH", $"/bin:/usr/bin:{_folder}") };
        (await RunAsync(plan)).ShouldBe("found\n");
    }

    [Fact]
    public async Task A_stdio_child_is_talked_to_and_leaves_when_its_input_ends()
    {
        var launched = await _launcher.LaunchStdioAsync(Sh("cat; echo bye >&2") with { IsStdio = true }, s_server, Guid.NewGuid(), Spool, TimeSpan.FromSeconds(20));
        await using var child = launched.Value;
        await child.Input.WriteAsync("hello\n"u8.ToArray(), TestContext.Current.CancellationToken);
        var buffer = new byte[6];
        await child.Output.ReadExactlyAsync(buffer, TestContext.Current.CancellationToken);
        buffer.ShouldBe("hello\n"u8.ToArray());
        (await child.StopAsync()).Code.ShouldBe(0);
        (await File.ReadAllTextAsync(Spool.Stderr, TestContext.Current.CancellationToken)).ShouldBe("bye\n");
    }

    private static ulong Signals(string[] status, string name) => Convert.ToUInt64(status.Single(line => line.StartsWith(name))[name.Length..].Trim(), 16);

    private static unsafe int OpenInheritable()
    {
        fixed (byte* path = "/dev/null\0"u8)
        {
            return Libc.Open(path, Libc.OReadOnly, 0);
        }
    }

    private static LaunchPlan Sh(string script) => new() { Argv = ["/bin/sh", "-c", script] };

    private async Task<LiveProcess> LaunchAsync(LaunchPlan plan) => (await _launcher.LaunchAsync(plan, s_server, Guid.NewGuid(), Spool)).Value;

    private async Task<string> RunAsync(LaunchPlan plan)
    {
        var process = await LaunchAsync(plan);
        await process.Exited.WaitAsync(TestContext.Current.CancellationToken);
        return await File.ReadAllTextAsync(Spool.Stdout, TestContext.Current.CancellationToken);
    }

    private async Task WriteExecutableAsync(string name, string content)
    {
        var path = Path.Combine(_folder, name);
        await File.WriteAllTextAsync(path, content, TestContext.Current.CancellationToken);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }
}

using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace McpConsole.E2E;

/// <summary>The built console as a process of its own, on a data folder of its own. Can be killed and started again on the same data.</summary>
public sealed partial class ConsoleApp : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly Dictionary<string, string> _environment;
    private readonly string _root = Directory.CreateTempSubdirectory("mcpconsole-e2e-").FullName;
    private readonly List<string> _output = [];
    private readonly TaskCompletionSource<string> _setUpLink = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Process? _process;

    public ConsoleApp(IEnumerable<KeyValuePair<string, string>>? environment = null)
    {
        Url = $"http://127.0.0.1:{FreePort()}";
        _environment = new(environment ?? [])
        {
            ["MCPCONSOLE_URLS"] = Url,
            ["MCPCONSOLE_DATA"] = Path.Combine(_root, "data"),
            ["MCP_DEFAULT_PORT"] = FreePort().ToString(),
        };
    }

    /// <summary>The administrator that <see cref="Unattended"/> makes.</summary>
    public const string AdminName = "admin";

    public const string AdminPassword = "correct horse battery";

    public const string AdminToken = "mcpc_e2eAdministratorTokenForTheWalksThrough1";

    /// <summary>A console that has an administrator from the start.</summary>
    public static ConsoleApp Unattended(Dictionary<string, string>? settings = null) => new(new Dictionary<string, string>(settings ?? [])
    {
        ["MCPCONSOLE_ADMIN_USER"] = AdminName,
        ["MCPCONSOLE_ADMIN_PASSWORD"] = AdminPassword,
        ["MCPCONSOLE_ADMIN_TOKEN"] = AdminToken,
    });

    public string Url { get; }

    public double ResidentMegabytes
    {
        get
        {
            _process!.Refresh();
            return _process.WorkingSet64 / 1048576.0;
        }
    }

    public string DataFolder => _environment["MCPCONSOLE_DATA"];

    /// <summary>The one-time link, as the terminal prints it.</summary>
    public Task<string> SetUpLinkAsync() => _setUpLink.Task.WaitAsync(s_patience);

    public string Output
    {
        get
        {
            lock (_output)
            {
                return string.Join('\n', _output);
            }
        }
    }

    /// <summary>A client that signs with the administrator's token.</summary>
    public HttpClient Api() => new()
    {
        BaseAddress = new Uri(Url),
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", AdminToken) },
    };

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(Executable())
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _root,
        };
        foreach (var (name, value) in _environment)
        {
            start.Environment[name] = value;
        }

        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, e) => Keep(e.Data);
        _process.ErrorDataReceived += (_, e) => Keep(e.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await UntilReadyAsync(cancellationToken);
    }

    /// <summary>SIGKILL to the console alone: its servers live on.</summary>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        _process!.Kill();
        await _process.WaitForExitAsync(cancellationToken);
    }

    /// <summary>SIGTERM, as a service manager sends it. Returns the exit code.</summary>
    public async Task<int> StopAsync(CancellationToken cancellationToken)
    {
        using var kill = Process.Start(new ProcessStartInfo("kill", ["-TERM", _process!.Id.ToString()]))!;
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            using var patience = new CancellationTokenSource(s_patience);
            await StopAsync(patience.Token);
        }

        _process?.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    private async Task UntilReadyAsync(CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = new Uri(Url) };
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(s_patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await IsReadyAsync(client, patience.Token))
        {
            if (_process!.HasExited || !await timer.WaitForNextTickAsync(patience.Token))
            {
                throw new InvalidOperationException($"The console ended with {_process.ExitCode}:\n{Output}");
            }
        }
    }

    private static async Task<bool> IsReadyAsync(HttpClient client, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await client.GetAsync("/health/ready", cancellationToken);
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false; // Not listening yet.
        }
    }

    private void Keep(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_output)
        {
            _output.Add(line);
        }

        if (SetUpLink().Match(line) is { Success: true } match)
        {
            _setUpLink.TrySetResult(match.Value);
        }
    }

    [GeneratedRegex(@"http://\S+/setup\?\S+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SetUpLink();

    // Beside this assembly's own folder in the build's output: bin/McpConsole.E2E/release.
    private static string Executable()
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        return Path.Combine(own.Parent!.Parent!.FullName, "McpConsole.Web", own.Name, "McpConsole.Web");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

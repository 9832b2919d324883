using System.Collections.Immutable;
using System.Globalization;
using McpConsole.Domain.Processes;
using McpConsole.Domain.Servers;

namespace McpConsole.Web.Processes;

/// <summary>What the CLI builder holds: every option of <c>mcpc serve</c>.</summary>
internal sealed class ServeCommand
{
    private const string DefaultPort = "3322";

    public string OpenApi { get; set; } = "";

    public McpTransport Transport { get; set; } = McpTransport.Streamable;

    public string Port { get; set; } = DefaultPort;

    public string Host { get; set; } = "";

    public string Endpoint { get; set; } = "";

    public string BaseUrl { get; set; } = "";

    public string Auth { get; set; } = "";

    public string AuthEnv { get; set; } = "";

    /// <summary>One per line: <c>Name: value</c>.</summary>
    public string Headers { get; set; } = "";

    /// <summary>One pattern per line.</summary>
    public string Include { get; set; } = "";

    public string Exclude { get; set; } = "";

    public bool Watch { get; set; }

    public bool Managed { get; set; }

    public bool AutoRestart { get; set; }

    /// <summary>The command for a POSIX shell; options that have their default are left out.</summary>
    public string Line => string.Join(' ', Words().Select(ShellLine.Quote));

    public ImmutableArray<string> Words()
    {
        var words = ImmutableArray.CreateBuilder<string>();
        words.AddRange("mcpc", "serve", "--openapi", OpenApi.Trim().Length > 0 ? OpenApi.Trim() : "URL|FILE");
        var http = Transport != McpTransport.Stdio;
        if (http)
        {
            words.AddRange("--transport", Transport.ToString().ToLower(CultureInfo.InvariantCulture));
        }

        Add("--port", http && Port.Trim() != DefaultPort ? Port : "");
        Add("--host", http ? Host : "");
        Add("--endpoint", http ? Endpoint : "");
        Add("--base-url", BaseUrl);
        Add("--auth-env", AuthEnv);
        Add("--auth", AuthEnv.Trim().Length == 0 ? Auth : "");
        AddEach("--headers", Headers);
        AddEach("--include", Include);
        AddEach("--exclude", Exclude);
        AddIf("--watch", Watch);
        AddIf("--managed", Managed);
        AddIf("--auto-restart", AutoRestart);
        return words.ToImmutable();

        void Add(string option, string value)
        {
            if (value.Trim() is { Length: > 0 } given)
            {
                words.AddRange(option, given);
            }
        }

        void AddEach(string option, string lines)
        {
            foreach (var line in lines.Split('\n'))
            {
                Add(option, line);
            }
        }

        void AddIf(string option, bool on)
        {
            if (on)
            {
                words.Add(option);
            }
        }
    }
}

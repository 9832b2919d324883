using System.Diagnostics;

namespace McpConsole.Domain.Servers;

/// <summary>
/// A value that must not be seen: it prints as <see cref="Mask"/>, so that it cannot slip into a log, an answer or an export by
/// accident. Only a launch reads <see cref="Reveal"/>.
/// </summary>
[DebuggerDisplay(Mask)]
public sealed record Secret
{
    /// <summary>What stands in its place wherever it is shown. Sent back unchanged by a client, it means «keep the stored value».</summary>
    public const string Mask = "••••••••";

    private readonly string _value;

    public Secret(string value) => _value = value;

    public string Reveal() => _value;

    public override string ToString() => Mask;
}

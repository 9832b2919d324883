using System.Collections.Immutable;
using McpConsole.Domain.Processes;
using McpConsole.Domain.Servers;

namespace McpConsole.Web.Endpoints;

/// <summary>What is executed.</summary>
/// <param name="Env">Added to the inherited environment; secret values are masked.</param>
/// <param name="Line">For a POSIX shell; secret values are taken from its own variables of the same names.</param>
internal sealed record CommandView(ImmutableArray<string> Argv, IReadOnlyDictionary<string, string> Env, string Line, string? WorkingDirectory)
{
    public static CommandView Of(LaunchPlan plan) => new(
        plan.Argv,
        plan.Environment.SetItems(plan.SecretEnvironment.Keys.Select(name => KeyValuePair.Create(name, Secret.Mask))),
        ShellLine.Format(plan),
        plan.WorkingDirectory);
}

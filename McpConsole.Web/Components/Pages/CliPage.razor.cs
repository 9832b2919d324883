using McpConsole.Web.Processes;

namespace McpConsole.Web.Components.Pages;

/// <summary>Builds a command line of <c>mcpc serve</c> in every option.</summary>
public sealed partial class CliPage
{
    private readonly ServeCommand _command = new();
}

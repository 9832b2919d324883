using McpConsole.Domain.Servers;

namespace McpConsole.Domain.Processes;

/// <summary>Shows what is or would be executed for a server; never a secret beyond what <see cref="LaunchPlan"/> says of itself.</summary>
public interface ILaunchPreview
{
    /// <summary>The plan with the port in force, or the one that would be picked now. Null for a remote server: nothing is executed.</summary>
    /// <param name="definition">A stored definition, or one made of a draft that is still being edited.</param>
    LaunchPlan? Preview(ServerDefinition definition);
}

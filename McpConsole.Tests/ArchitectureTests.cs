namespace McpConsole.Tests;

public sealed class ArchitectureTests
{
    [Fact]
    public void Placeholder() => typeof(ArchitectureTests).IsSealed.ShouldBeTrue();
}

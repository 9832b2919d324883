namespace McpConsole.E2E;

public sealed class SmokeTests
{
    [Fact]
    public void Placeholder() => typeof(SmokeTests).IsSealed.ShouldBeTrue();
}

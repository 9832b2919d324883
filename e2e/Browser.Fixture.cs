namespace McpConsole.E2E;

/// <summary>As a fixture of xUnit; the benchmarks use the browser without it.</summary>
public sealed partial class Browser : IAsyncLifetime;

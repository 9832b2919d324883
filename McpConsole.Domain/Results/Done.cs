namespace McpConsole.Domain.Results;

/// <summary>The value of a <see cref="Result{T}"/> that carries none.</summary>
public readonly record struct Done;

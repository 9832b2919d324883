namespace McpConsole.Domain.Accounts;

/// <summary>Who does something: a person, an API token, or the console itself.</summary>
/// <param name="Name">The user's name, or the token's with its owner.</param>
/// <param name="Address">Where the request came from; null for the console itself.</param>
public sealed record Actor(string Name, Role Role, string? Address = null)
{
    /// <summary>The console acting by itself: auto-start, jobs, restarts.</summary>
    public static Actor Console { get; } = new("console", Role.Administrator);

    public bool Can(Role needed) => Role >= needed;
}

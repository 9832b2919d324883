namespace McpConsole.Domain.Accounts;

/// <summary>Who does something: a person, an API token, or the console itself.</summary>
/// <param name="Name">The user's name, or for a token <c>owner (token)</c>, which no user can be named.</param>
/// <param name="Address">Where the request came from; null for the console itself.</param>
public sealed record Actor(string Name, Role Role, string? Address = null)
{
    /// <summary>The console acting by itself: auto-start, jobs, restarts.</summary>
    public static Actor Console { get; } = new("console", Role.Administrator);

    /// <summary>The user behind it, a token's owner included; null for the console itself.</summary>
    public Guid? UserId { get; init; }

    public bool Can(Role needed) => Role >= needed;
}

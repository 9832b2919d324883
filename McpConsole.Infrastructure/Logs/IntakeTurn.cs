namespace McpConsole.Infrastructure.Logs;

/// <param name="More">Whether there is more to take at once.</param>
/// <param name="Rotated">Whether a segment was closed.</param>
/// <param name="NoteBytes">Of notes that are stored now.</param>
internal readonly record struct IntakeTurn(bool More, bool Rotated, int NoteBytes);

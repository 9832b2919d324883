using System.Globalization;

namespace McpConsole.Domain.Results;

/// <summary>
/// An expected failure as a value: names the thing, the cause and the next step. <see cref="Code"/> is stable (for example
/// <c>server.name_taken</c>) and is also the key of the translated text, which takes <see cref="Arguments"/>.
/// </summary>
/// <param name="Code">Stable, dotted, lower case.</param>
/// <param name="Kind">The class of failure.</param>
/// <param name="Format">The English text with {0}-style places for the arguments.</param>
/// <param name="Arguments">What the text speaks of; never a secret.</param>
public sealed record Error(string Code, ErrorKind Kind, string Format, params IReadOnlyList<object?> Arguments)
{
    /// <summary>The input field at fault, in the camel case of the REST API; null where no field is.</summary>
    public string? Field { get; init; }

    /// <summary>The English text.</summary>
    public string Message => string.Format(CultureInfo.InvariantCulture, Format, [.. Arguments]);

    public Error At(string field) => this with { Field = field };

    public override string ToString() => $"{Code}: {Message}";
}

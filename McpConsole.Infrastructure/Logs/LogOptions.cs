using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace McpConsole.Infrastructure.Logs;

/// <summary>
/// How much of a server's log is kept. A segment file grows to <see cref="MaxSize"/>, is then closed and compressed; the log of one server
/// takes <see cref="MaxFiles"/> × <see cref="MaxSize"/> on disk at most, so that compression lengthens the history instead of leaving
/// room unused. The oldest segments go first; the one being written always stays.
/// </summary>
public sealed class LogOptions : IValidatableObject
{
    /// <value>LOG_MAX_FILES; 10 by default.</value>
    [Range(1, 100_000, ErrorMessage = "LOG_MAX_FILES must be between 1 and 100000.")]
    public int MaxFiles { get; set; } = 10;

    /// <value>LOG_MAX_SIZE: bytes, or a number with k, m or g (powers of 1024); <c>10m</c> by default.</value>
    public string MaxSize { get; set; } = "10m";

    /// <value>LOG_MAX_DAYS: closed segments whose newest line is older are deleted; 30 by default.</value>
    [Range(1, 36_500, ErrorMessage = "LOG_MAX_DAYS must be between 1 and 36500.")]
    public int MaxDays { get; set; } = 30;

    internal long SegmentBytes => TryParseSize(MaxSize, out var bytes) ? bytes : throw new FormatException($"«{MaxSize}» is not a size.");

    internal long BudgetBytes => SegmentBytes * MaxFiles;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!TryParseSize(MaxSize, out _))
        {
            yield return new ValidationResult(
                $"LOG_MAX_SIZE is «{MaxSize}»: give bytes, or a number with k, m or g, from 4k to 1g, for example 10m.",
                [nameof(MaxSize)]);
        }
    }

    private static bool TryParseSize(string text, out long bytes)
    {
        var shift = text.Length == 0 ? 0 : char.ToLowerInvariant(text[^1]) switch { 'k' => 10, 'm' => 20, 'g' => 30, _ => 0 };
        var digits = shift == 0 ? text : text[..^1];
        var ok = int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        bytes = (long)number << shift;
        return ok && bytes is >= 4 << 10 and <= 1 << 30;
    }
}

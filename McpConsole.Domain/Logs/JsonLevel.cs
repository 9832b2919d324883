using System.Text.Json;

namespace McpConsole.Domain.Logs;

/// <summary>Reads the level of a line that is a JSON object: <c>{"time":"…","level":"warn","msg":"…"}</c>.</summary>
internal static class JsonLevel
{
    /// <returns>False when the line is not JSON; true, with an unknown level, when it is and names none.</returns>
    public static bool TryRead(ReadOnlySpan<byte> json, out LineLevel level)
    {
        level = LineLevel.Unknown;

        // Most of what begins with a brace and is no object is told here, without an exception.
        if (json[1..].TrimStart(" \t"u8) is not [(byte)'"' or (byte)'}', ..])
        {
            return false;
        }

        try
        {
            // Not final: a line that was cut at the limit is read as far as it goes.
            var reader = new Utf8JsonReader(json, isFinalBlock: false, state: default);
            while (reader.Read() && level == LineLevel.Unknown)
            {
                if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1)
                {
                    var names = NamesLevel(ref reader);
                    var isLog = reader.ValueTextEquals("log"u8);
                    if (!reader.Read())
                    {
                        break;
                    }

                    level = names ? Value(ref reader) : LineLevel.Unknown;
                    if (isLog && reader.TokenType == JsonTokenType.StartObject)
                    {
                        continue;
                    }

                    reader.TrySkip();
                }
                else if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("level"u8) && reader.Read())
                {
                    // Only «log» is entered: {"log":{"level":"error"}}.
                    level = Value(ref reader);
                }
            }

            return true;
        }
        catch (JsonException)
        {
            return level != LineLevel.Unknown;
        }
    }

    private static bool NamesLevel(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("level"u8) || reader.ValueTextEquals("@l"u8) || reader.ValueTextEquals("log.level"u8)
        || reader.ValueTextEquals("severity"u8) || reader.ValueTextEquals("lvl"u8) || reader.ValueTextEquals("levelname"u8)
        || reader.ValueTextEquals("LogLevel"u8) || reader.ValueTextEquals("Level"u8) || reader.ValueTextEquals("severity_text"u8);

    private static LineLevel Value(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String when !reader.ValueIsEscaped => LevelNames.Find(reader.ValueSpan),
        JsonTokenType.Number when reader.TryGetInt32(out var number) => LevelNames.Find(number),
        _ => LineLevel.Unknown,
    };
}

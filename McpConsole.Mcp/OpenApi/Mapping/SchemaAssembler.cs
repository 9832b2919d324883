using System.Buffers;
using System.Text.Json;

namespace McpConsole.Mcp.OpenApi.Mapping;

/// <summary>
/// Writes the schemas of one tool out of compiled fragments. A schema that is used once is written where it is used; one that is used more
/// often, and so each one that contains itself, goes to <c>$defs</c>.
/// </summary>
internal sealed class SchemaAssembler
{
    // Deeper, a schema goes to $defs although it is used once: parsers of JSON give up at 64 levels.
    private const int MaxInlineDepth = 12;

    // A schema this small costs less than the reference to it.
    private const int SmallSchema = 48;

    private readonly Dictionary<SchemaTarget, int> _uses = [];
    private readonly Dictionary<SchemaTarget, string> _defined = [];
    private readonly HashSet<string> _names = [];
    private readonly Queue<SchemaTarget> _pending = new();

    /// <summary>Every schema of the tool has to be counted before the first is written.</summary>
    /// <returns>A fault in it or in a schema that it leads to; null when there is none.</returns>
    public string? Count(SchemaSite site)
    {
        string? fault = null;
        var waiting = new Stack<SchemaSite>([site]);
        while (waiting.TryPop(out var next))
        {
            if (next.Target is { } target)
            {
                _uses[target] = _uses.GetValueOrDefault(target) + 1;
                if (_uses[target] > 1)
                {
                    continue;
                }
            }

            fault ??= next.Fragment.Faults.FirstOrDefault();
            foreach (var hole in next.Fragment.Holes)
            {
                waiting.Push(hole.Site);
            }
        }

        return fault;
    }

    /// <param name="description">Overrides the schema's own.</param>
    public void Write(SchemaSite site, Utf8JsonWriter writer, string? description = null)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        Write(site, description ?? site.Description, buffer, 0);
        writer.WriteRawValue(buffer.WrittenSpan, skipInputValidation: true);
    }

    /// <summary>Writes <c>$defs</c>, where anything refers to it; comes after everything else.</summary>
    public void WriteDefinitions(Utf8JsonWriter writer)
    {
        if (_pending.Count == 0)
        {
            return;
        }

        writer.WriteStartObject("$defs");
        while (_pending.TryDequeue(out var target))
        {
            var buffer = new ArrayBufferWriter<byte>(512);
            WriteFragment(target.Fragment, target.Fragment.Description, buffer, 0);
            writer.WritePropertyName(_defined[target]);
            writer.WriteRawValue(buffer.WrittenSpan, skipInputValidation: true);
        }

        writer.WriteEndObject();
    }

    private void Write(SchemaSite site, string? description, ArrayBufferWriter<byte> output, int depth)
    {
        if (site.Target is { } target && IsDefined(target, depth))
        {
            using var writer = JsonBuffer.Writer(output);
            writer.WriteStartObject();
            if (description is not null)
            {
                writer.WriteString("description", description);
            }

            writer.WriteString("$ref", "#/$defs/" + Define(target));
            writer.WriteEndObject();
        }
        else
        {
            WriteFragment(site.Fragment, description ?? site.Fragment.Description, output, depth + 1);
        }
    }

    private bool IsDefined(SchemaTarget target, int depth) =>
        _defined.ContainsKey(target)
        || ((_uses.GetValueOrDefault(target) > 1 || depth >= MaxInlineDepth)
            && (target.Fragment.Json.Length > SmallSchema || target.Fragment.Holes.Length > 0 || target.Fragment.Description is not null));

    private string Define(SchemaTarget target)
    {
        if (!_defined.TryGetValue(target, out var name))
        {
            name = target.Name;
            for (var copy = 2; !_names.Add(name); copy++)
            {
                name = $"{target.Name}_{copy}";
            }

            _defined.Add(target, name);
            _pending.Enqueue(target);
        }

        return name;
    }

    private void WriteFragment(SchemaFragment fragment, string? description, ArrayBufferWriter<byte> output, int depth)
    {
        var json = fragment.Json.AsSpan();
        var from = 0;
        if (description is not null)
        {
            // The fragment has braces and no description: its members follow the opened object.
            output.Write("{\"description\":\""u8);
            output.Write(JsonEncodedText.Encode(description, JsonBuffer.Encoder).EncodedUtf8Bytes);
            output.Write(json.Length > 2 ? "\","u8 : "\""u8);
            from = 1;
        }

        foreach (var hole in fragment.Holes)
        {
            output.Write(json[from..hole.Offset]);
            Write(hole.Site, hole.Site.Description, output, depth);
            from = hole.Offset + 1;
        }

        output.Write(json[from..]);
    }
}

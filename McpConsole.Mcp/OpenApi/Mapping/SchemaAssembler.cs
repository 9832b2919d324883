using System.Buffers;
using System.Text.Json;

namespace McpConsole.Mcp.OpenApi.Mapping;

/// <summary>
/// Writes the schemas of one tool out of compiled fragments. A schema that is used once is written where it is used; one that is used more
/// often, and so each one that contains itself, goes to <c>$defs</c>. What exceeds the budget is left open, the farthest first: a schema
/// that drags in half of the document costs every conversation more than its last details are worth.
/// </summary>
/// <param name="budget">For the schemas that are referred to, in bytes of JSON.</param>
internal sealed class SchemaAssembler(int budget)
{
    // Deeper, a schema goes to $defs although it is used once: parsers of JSON give up at 64 levels.
    private const int MaxInlineDepth = 12;

    // A schema this small costs less than the reference to it.
    private const int SmallSchema = 48;

    private readonly Dictionary<SchemaTarget, int> _uses = [];
    private readonly HashSet<SchemaTarget> _open = [];
    private readonly Dictionary<SchemaTarget, string> _defined = [];
    private readonly HashSet<string> _names = [];
    private readonly Queue<SchemaTarget> _pending = new();
    private int _left = budget;

    /// <summary>Whether schemas were left open.</summary>
    public bool IsCut => _open.Count > 0;

    /// <summary>Takes in every schema of the tool, nearest first; comes before the first is written.</summary>
    /// <returns>A fault in one of them, or in a schema that they lead to; null when there is none.</returns>
    public string? Count(IEnumerable<SchemaSite> sites)
    {
        string? fault = null;
        var waiting = new Queue<SchemaSite>(sites);
        while (waiting.TryDequeue(out var site))
        {
            if (site.Target is { } target && !TakeIn(target))
            {
                continue;
            }

            fault ??= site.Fragment.Faults.FirstOrDefault();
            foreach (var hole in site.Fragment.Holes)
            {
                waiting.Enqueue(hole.Site);
            }
        }

        return fault;
    }

    /// <summary>False when it was seen before, or there is no room for it.</summary>
    private bool TakeIn(SchemaTarget target)
    {
        var uses = _uses.GetValueOrDefault(target) + 1;
        _uses[target] = uses;
        if (uses > 1)
        {
            return false;
        }

        _left -= target.Fragment.Json.Length;
        return _left >= 0 || !_open.Add(target);
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
        if (site.Target is { } open && _open.Contains(open))
        {
            WriteOpen(open, description, output);
        }
        else if (site.Target is { } target && IsDefined(target, depth))
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

    // The kind of value it is, which stands first in a fragment, and no more.
    private static void WriteOpen(SchemaTarget target, string? description, ArrayBufferWriter<byte> output)
    {
        var json = target.Fragment.Json.AsSpan();
        using var writer = JsonBuffer.Writer(output);
        writer.WriteStartObject();
        if ((description ?? target.Fragment.Description) is { } text)
        {
            writer.WriteString("description", text);
        }

        if (json.StartsWith("{\"type\":\"object\""u8) || json.StartsWith("{\"type\":\"array\""u8))
        {
            writer.WriteString("type", json[9] == (byte)'o' ? "object" : "array");
        }

        writer.WriteEndObject();
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

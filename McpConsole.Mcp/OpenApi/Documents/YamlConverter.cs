using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using McpConsole.Domain.Results;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace McpConsole.Mcp.OpenApi.Documents;

/// <summary>
/// Turns the first document of a YAML stream into JSON, event by event, without a tree in between. Aliases are replayed from recorded
/// events; how much they may produce in all is bounded, so an alias bomb ends as an error. Scalars follow the core schema of YAML 1.2
/// (<c>yes</c> and dates are text); merge keys (<c>&lt;&lt;</c>) of YAML 1.1 are understood because documents use them.
/// </summary>
internal sealed class YamlConverter : IDisposable
{
    // In all, by all aliases: far beyond what anyone writes, and far below what hurts.
    private const int MaxReplayed = 1_000_000;

    private readonly ArrayBufferWriter<byte> _buffer = new(64 * 1024);
    private readonly Utf8JsonWriter _json;
    private readonly Dictionary<AnchorName, List<ParsingEvent>> _anchors = [];
    private readonly List<List<ParsingEvent>> _recordings = [];
    private int _depth;
    private int _replayed;

    private YamlConverter() => _json = new Utf8JsonWriter(_buffer, new JsonWriterOptions
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    });

    public static Result<ReadOnlyMemory<byte>> ToJson(string where, ReadOnlyMemory<byte> yaml)
    {
        using var converter = new YamlConverter();
        try
        {
            using var reader = new StreamReader(new MemoryStream(yaml.ToArray(), writable: false), Encoding.UTF8);
            var events = new LiveEvents(new Parser(new Scanner(reader, skipComments: true)), converter);
            events.Next(); // the start of the stream
            if (events.Next() is not DocumentStart)
            {
                return DocumentErrors.Empty(where);
            }

            converter.WriteNode(events);
            converter._json.Flush();
            return (ReadOnlyMemory<byte>)converter._buffer.WrittenMemory;
        }
        catch (YamlException e)
        {
            return DocumentErrors.BrokenYaml(where, e.Start.Line, e.Start.Column, e.Message);
        }
    }

    public void Dispose() => _json.Dispose();

    private void WriteNode(IEvents events)
    {
        var node = events.Next();
        if (++_depth > DocumentParser.MaxDepth)
        {
            throw Fault(node, $"nested deeper than {DocumentParser.MaxDepth} levels.");
        }

        switch (node)
        {
            case Scalar scalar:
                WriteScalar(scalar);
                break;
            case SequenceStart:
                _json.WriteStartArray();
                while (events.Peek() is not SequenceEnd)
                {
                    WriteNode(events);
                }

                events.Next();
                _json.WriteEndArray();
                break;
            case MappingStart:
                WriteMapping(events);
                break;
            case AnchorAlias alias:
                WriteNode(Replay(alias));
                break;
            default:
                throw Fault(node, "a value is missing.");
        }

        _depth--;
    }

    private void WriteMapping(IEvents events)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        List<List<ParsingEvent>>? merged = null;
        _json.WriteStartObject();
        while (events.Next() is var key and not MappingEnd)
        {
            key = key is AnchorAlias alias ? Replay(alias).Next() : key;
            if (key is not Scalar { Value: var name })
            {
                throw Fault(key, "a key is not a plain word.");
            }

            if (name == "<<" && key is Scalar { Style: ScalarStyle.Plain })
            {
                (merged ??= []).Add(Collect(events));
            }
            else if (keys.Add(name))
            {
                _json.WritePropertyName(name);
                WriteNode(events);
            }
            else
            {
                throw Fault(key, $"the key «{name}» stands twice in one mapping.");
            }
        }

        // Merge keys give way to the mapping's own keys, wherever those stand: so they come last.
        foreach (var source in merged ?? [])
        {
            WriteMerged(new ReplayedEvents(source, this), keys);
        }

        _json.WriteEndObject();
    }

    private void WriteMerged(IEvents events, HashSet<string> keys)
    {
        switch (events.Next())
        {
            case AnchorAlias alias:
                WriteMerged(Replay(alias), keys);
                break;
            case SequenceStart:
                while (events.Peek() is not SequenceEnd)
                {
                    WriteMerged(new ReplayedEvents(Collect(events), this), keys);
                }

                break;
            case MappingStart:
                while (events.Next() is var key and not MappingEnd)
                {
                    if (key is Scalar { Value: var name } && keys.Add(name))
                    {
                        _json.WritePropertyName(name);
                        WriteNode(events);
                    }
                    else
                    {
                        Collect(events);
                    }
                }

                break;
            case var other:
                throw Fault(other, "«<<» merges mappings only.");
        }
    }

    private void WriteScalar(Scalar scalar)
    {
        var text = scalar.Value;
        if (scalar.Style != ScalarStyle.Plain || scalar.Tag == "tag:yaml.org,2002:str")
        {
            _json.WriteStringValue(text);
        }
        else if (text is "" or "~" or "null" or "Null" or "NULL")
        {
            _json.WriteNullValue();
        }
        else if (text is "true" or "True" or "TRUE")
        {
            _json.WriteBooleanValue(true);
        }
        else if (text is "false" or "False" or "FALSE")
        {
            _json.WriteBooleanValue(false);
        }
        else if (YamlNumber.ToJson(text) is { } number)
        {
            _json.WriteRawValue(number, skipInputValidation: true);
        }
        else
        {
            _json.WriteStringValue(text);
        }
    }

    // The events of one node, unwritten.
    private static List<ParsingEvent> Collect(IEvents events)
    {
        var node = new List<ParsingEvent>();
        var open = 0;
        do
        {
            var next = events.Next();
            node.Add(next);
            open += next.NestingIncrease;
        }
        while (open > 0);
        return node;
    }

    private ReplayedEvents Replay(AnchorAlias alias)
    {
        if (!_anchors.TryGetValue(alias.Value, out var recorded))
        {
            throw Fault(alias, $"there is no anchor «&{alias.Value}» before this alias.");
        }

        return _recordings.Contains(recorded)
            ? throw Fault(alias, $"«*{alias.Value}» stands inside of what it names.")
            : new ReplayedEvents(recorded, this);
    }

    private void CountReplayed(ParsingEvent parsingEvent)
    {
        // A long text repeated is as bad as a long list.
        _replayed += 1 + ((parsingEvent as Scalar)?.Value.Length / 64 ?? 0);
        if (_replayed > MaxReplayed)
        {
            throw Fault(parsingEvent, "its aliases multiply to more than a document may hold.");
        }
    }

    private static YamlException Fault(ParsingEvent at, string cause) => new(at.Start, at.End, cause);

    private interface IEvents
    {
        ParsingEvent Peek();

        ParsingEvent Next();
    }

    /// <summary>Straight from the text; records the nodes that have an anchor.</summary>
    private sealed class LiveEvents(Parser parser, YamlConverter owner) : IEvents
    {
        private readonly List<int> _depths = [];
        private ParsingEvent? _next;
        private Mark _last = Mark.Empty;
        private int _depth;

        public ParsingEvent Peek()
        {
            try
            {
                _next ??= parser.MoveNext() ? parser.Current : null;
            }
            catch (Exception e) when (e is InvalidOperationException or ArgumentException or IndexOutOfRangeException)
            {
                // Some garbled texts (a comment sign where a word must begin) throw the scanner off its own feet.
                throw new YamlException(_last, _last, "the text after this place is no YAML.", e);
            }

            return _next ?? throw new YamlException(_last, _last, "the text ends too early.");
        }

        public ParsingEvent Next()
        {
            var next = Peek();
            (_next, _last) = (null, next.End);
            if (next is NodeEvent { Anchor: { IsEmpty: false } anchor })
            {
                var recording = new List<ParsingEvent>();
                owner._anchors[anchor] = recording;
                owner._recordings.Add(recording);
                _depths.Add(_depth);
            }

            foreach (var recording in owner._recordings)
            {
                recording.Add(next);
            }

            _depth += next.NestingIncrease;
            while (_depths.Count > 0 && _depths[^1] == _depth)
            {
                _depths.RemoveAt(_depths.Count - 1);
                owner._recordings.RemoveAt(owner._recordings.Count - 1);
            }

            return next;
        }
    }

    private sealed class ReplayedEvents(List<ParsingEvent> recorded, YamlConverter owner) : IEvents
    {
        private int _next;

        public ParsingEvent Peek() => recorded[_next];

        public ParsingEvent Next()
        {
            var next = recorded[_next++];
            owner.CountReplayed(next);
            return next;
        }
    }
}

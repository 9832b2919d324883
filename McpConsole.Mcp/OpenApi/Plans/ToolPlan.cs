using System.Collections.Immutable;
using System.Security.Cryptography;
using McpConsole.Domain.Tools;

namespace McpConsole.Mcp.OpenApi.Plans;

/// <summary>
/// A document's tools, ready to be listed and called: one immutable block of bytes, the same in memory and in the cache. Opening it reads
/// an index; the tool list goes out as it stands, and how a tool is called is read when it is first called.
/// </summary>
/// <remarks>
/// <c>«MCPCPLAN», version (4) | SHA-256 of what follows (32) | lengths of the four sections (4 each) | preview | tool list | calls |
/// index</c>; integers are little-endian. Thread-safe.
/// </remarks>
internal sealed class ToolPlan
{
    // Of the format above.
    private const int Version = 1;

    private const int HashStart = 12;
    private const int LengthsStart = HashStart + SHA256.HashSizeInBytes;
    private const int BodyStart = LengthsStart + (4 * sizeof(int));

    private readonly ReadOnlyMemory<byte> _preview;
    private readonly ReadOnlyMemory<byte> _calls;
    private readonly Dictionary<string, CallSlot> _index;

    private ToolPlan(byte[] image)
    {
        Image = image;
        var sections = new ReadOnlyMemory<byte>[4];
        var start = BodyStart;
        for (var i = 0; i < sections.Length; i++)
        {
            var length = BitConverter.ToInt32(image, LengthsStart + (i * sizeof(int)));
            sections[i] = image.AsMemory(start, length);
            start += length;
        }

        (_preview, ListJson, _calls, var index) = (sections[0], sections[1], sections[2], sections[3]);
        using var reader = new PlanReader(index);
        Title = reader.Text()!;
        DocumentVersion = reader.Text();
        BaseUrl = reader.Text();
        SkippedCount = reader.Number();
        Sources = reader.Sources();
        var count = reader.Number();
        _index = new Dictionary<string, CallSlot>(count, StringComparer.Ordinal);
        for (var i = 0; i < count; i++)
        {
            _index.Add(reader.Text()!, new CallSlot(reader.Number(), reader.Number()));
        }
    }

    public ReadOnlyMemory<byte> Image { get; }

    /// <summary>The tools as a JSON array in UTF-8.</summary>
    public ReadOnlyMemory<byte> ListJson { get; }

    public int Count => _index.Count;

    /// <summary>Operations that did not become tools, for a fault or because the document keeps them out.</summary>
    public int SkippedCount { get; }

    public string Title { get; }

    public string? DocumentVersion { get; }

    /// <summary>Where calls go unless an operation has a server of its own; null where the document names none.</summary>
    public string? BaseUrl { get; }

    /// <summary>The documents that this one referred to, with the hashes of what they were.</summary>
    public ImmutableArray<PlanSource> Sources { get; }

    /// <summary>What is to be told of the document and its operations. Read anew each time: a running server does not need it.</summary>
    public DocumentPreview Preview
    {
        get
        {
            using var reader = new PlanReader(_preview);
            return reader.Preview();
        }
    }

    /// <summary>Null when there is no tool of that name.</summary>
    public CallPlan? Find(string tool)
    {
        if (!_index.TryGetValue(tool, out var slot))
        {
            return null;
        }

        if (slot.Plan is null)
        {
            using var reader = new PlanReader(_calls.Slice(slot.Start, slot.Length));
            slot.Plan = reader.Call();
        }

        return slot.Plan;
    }

    /// <summary>Null when the bytes are not a whole plan of this version: they are then to be made anew.</summary>
    public static ToolPlan? Open(byte[] image)
    {
        var whole = image.Length >= BodyStart
            && image.AsSpan().StartsWith("MCPCPLAN"u8)
            && BitConverter.ToInt32(image, 8) == Version
            && SHA256.HashData(image.AsSpan(LengthsStart)).AsSpan().SequenceEqual(image.AsSpan(HashStart, SHA256.HashSizeInBytes));
        return whole ? new ToolPlan(image) : null;
    }

    /// <param name="calls">Each with the name of its tool.</param>
    public static ToolPlan Create(
        DocumentPreview preview, ImmutableArray<PlanSource> sources, byte[] listJson, IReadOnlyList<(string Tool, CallPlan Plan)> calls)
    {
        using var previewWriter = new PlanWriter();
        previewWriter.Preview(preview);
        using var callWriter = new PlanWriter();
        using var indexWriter = new PlanWriter();
        indexWriter.Text(preview.Title);
        indexWriter.Text(preview.Version);
        indexWriter.Text(preview.BaseUrl);
        indexWriter.Number(preview.Operations.Count(operation => operation.SkippedBecause is not null));
        indexWriter.Sources(sources);
        indexWriter.Number(calls.Count);
        foreach (var (tool, plan) in calls)
        {
            var start = callWriter.Length;
            callWriter.Call(plan);
            indexWriter.Text(tool);
            indexWriter.Number(start);
            indexWriter.Number(callWriter.Length - start);
        }

        byte[][] sections = [previewWriter.ToArray(), listJson, callWriter.ToArray(), indexWriter.ToArray()];
        var image = new byte[BodyStart + sections.Sum(section => section.Length)];
        "MCPCPLAN"u8.CopyTo(image);
        BitConverter.TryWriteBytes(image.AsSpan(8), Version);
        var position = BodyStart;
        for (var i = 0; i < sections.Length; i++)
        {
            BitConverter.TryWriteBytes(image.AsSpan(LengthsStart + (i * sizeof(int))), sections[i].Length);
            sections[i].CopyTo(image, position);
            position += sections[i].Length;
        }

        SHA256.HashData(image.AsSpan(LengthsStart), image.AsSpan(HashStart));
        return new ToolPlan(image);
    }

    private sealed class CallSlot(int start, int length)
    {
        public int Start => start;

        public int Length => length;

        /// <summary>Read on first use. Two calls at once may both read it: they get equal plans.</summary>
        public CallPlan? Plan { get; set; }
    }
}

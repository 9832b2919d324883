using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using McpConsole.Domain.Tools;

namespace McpConsole.Mcp.OpenApi.Plans;

/// <summary>Reads what <see cref="PlanWriter"/> wrote. The plan's hash was checked before, so the bytes are trusted to be whole.</summary>
internal sealed class PlanReader : IDisposable
{
    private readonly BinaryReader _reader;

    public PlanReader(ReadOnlyMemory<byte> section)
    {
        MemoryMarshal.TryGetArray(section, out var bytes);
        _reader = new BinaryReader(new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false));
    }

    public void Dispose() => _reader.Dispose();

    public int Number() => _reader.Read7BitEncodedInt();

    public bool Flag() => _reader.ReadBoolean();

    public byte Byte() => _reader.ReadByte();

    public string? Text() => _reader.ReadBoolean() ? _reader.ReadString() : null;

    public CallPlan Call() => new()
    {
        Method = Text()!,
        Path = Text()!,
        BaseUrl = Text(),
        Body = (BodyKind)Byte(),
        BodyType = Text(),
        BodyRequired = Flag(),
        Token = new TokenPlace((TokenKind)Byte(), Text()),
        Output = (OutputKind)Byte(),
        Accept = Text(),
        Arguments = List(Argument),
    };

    public DocumentPreview Preview()
    {
        var (title, version, format, baseUrl, tokens) = (Text()!, Text(), Text()!, Text(), Number());
        var warnings = List(() => Text()!);
        var operations = List(() => new OperationPreview(
            Text()!, Text()!, Text()!, List(() => Text()!), Text(), Text(), Number(), Flag(), Text()));
        return new DocumentPreview(title, version, format, baseUrl, operations, tokens, warnings);
    }

    public ImmutableArray<PlanSource> Sources() =>
        List(() => new PlanSource(new Uri(Text()!), _reader.ReadBytes(SHA256.HashSizeInBytes)));

    private ArgumentPlan Argument() => new(
        Text()!, Text()!, (ArgumentPlace)Byte(), Flag(), (ParameterStyle)Byte(), Flag(), Flag(), (ValueForm)Byte(), Text());

    private ImmutableArray<T> List<T>(Func<T> read)
    {
        var items = ImmutableArray.CreateBuilder<T>(Number());
        while (items.Count < items.Capacity)
        {
            items.Add(read());
        }

        return items.MoveToImmutable();
    }
}

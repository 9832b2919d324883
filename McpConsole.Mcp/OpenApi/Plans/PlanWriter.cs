using System.Collections.Immutable;
using McpConsole.Domain.Tools;

namespace McpConsole.Mcp.OpenApi.Plans;

/// <summary>Writes the parts of a plan; <see cref="PlanReader"/> reads them in the same order.</summary>
internal sealed class PlanWriter : IDisposable
{
    private readonly MemoryStream _stream = new();
    private readonly BinaryWriter _writer;

    public PlanWriter() => _writer = new BinaryWriter(_stream);

    public int Length => (int)_stream.Length;

    public byte[] ToArray() => _stream.ToArray();

    public void Dispose() => _writer.Dispose();

    public void Number(int value) => _writer.Write7BitEncodedInt(value);

    public void Flag(bool value) => _writer.Write(value);

    public void Byte(byte value) => _writer.Write(value);

    public void Text(string? value)
    {
        _writer.Write(value is not null);
        if (value is not null)
        {
            _writer.Write(value);
        }
    }

    public void Call(CallPlan plan)
    {
        Text(plan.Method);
        Text(plan.Path);
        Text(plan.BaseUrl);
        Byte((byte)plan.Body);
        Text(plan.BodyType);
        Flag(plan.BodyRequired);
        Byte((byte)plan.Token.Kind);
        Text(plan.Token.Name);
        Byte((byte)plan.Output);
        Text(plan.Accept);
        List(plan.Arguments, Argument);
    }

    public void Preview(DocumentPreview preview)
    {
        Text(preview.Title);
        Text(preview.Version);
        Text(preview.Format);
        Text(preview.BaseUrl);
        Number(preview.TotalTokens);
        List(preview.Warnings, Text);
        List(preview.Operations, operation =>
        {
            Text(operation.OperationId);
            Text(operation.Method);
            Text(operation.Path);
            List(operation.Tags, Text);
            Text(operation.ToolName);
            Text(operation.Description);
            Number(operation.Tokens);
            Flag(operation.Selected);
            Text(operation.SkippedBecause);
        });
    }

    public void Sources(ImmutableArray<PlanSource> sources) => List(sources, source =>
    {
        Text(source.Location.AbsoluteUri);
        _writer.Write(source.Hash);
    });

    private void Argument(ArgumentPlan argument)
    {
        Text(argument.Name);
        Text(argument.WireName);
        Byte((byte)argument.Place);
        Flag(argument.Required);
        Byte((byte)argument.Style);
        Flag(argument.Explode);
        Flag(argument.AllowReserved);
        Byte((byte)argument.Form);
        Text(argument.ContentType);
    }

    private void List<T>(ImmutableArray<T> items, Action<T> write)
    {
        Number(items.Length);
        foreach (var item in items)
        {
            write(item);
        }
    }
}

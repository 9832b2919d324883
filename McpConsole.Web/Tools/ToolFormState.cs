using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using McpConsole.Domain.Results;
using McpConsole.Domain.Tools;

namespace McpConsole.Web.Tools;

/// <summary>The try-it form of one tool: its fields, what was entered, and the arguments made of it.</summary>
public sealed class ToolFormState(ToolInfo tool)
{
    private readonly Dictionary<string, string> _values = SchemaField.Of(tool.InputSchema).ToDictionary(field => field.Name, field => field.Initial);

    public ToolInfo Tool => tool;

    public ImmutableArray<SchemaField> Fields { get; } = SchemaField.Of(tool.InputSchema);

    public string this[string field]
    {
        get => _values[field];
        set => _values[field] = value;
    }

    /// <summary>One error for each field that does not hold what the schema asks for.</summary>
    public Result<JsonElement> ToArguments()
    {
        var arguments = new JsonObject();
        var errors = ImmutableArray.CreateBuilder<Error>();
        foreach (var field in Fields)
        {
            try
            {
                if (field.Parse(_values[field.Name]) is { } value)
                {
                    arguments[field.Name] = value;
                }
                else if (field.Required)
                {
                    errors.Add(new Error("tool.argument_missing", ErrorKind.Invalid, "{0} is needed.", field.Name) { Field = field.Name });
                }
            }
            catch (Exception e) when (e is FormatException or OverflowException)
            {
                errors.Add(new Error("tool.argument_wrong", ErrorKind.Invalid, "{0}: {1}", field.Name, e.Message) { Field = field.Name });
            }
        }

        return errors.Count > 0 ? Result<JsonElement>.Fail(errors.ToImmutable()) : JsonSerializer.SerializeToElement(arguments);
    }
}

namespace McpConsole.Web.Servers;

/// <summary>A row of a form: a header or a variable.</summary>
public sealed class NamedValue
{
    public string Name { get; set; } = "";

    public string Value { get; set; } = "";
}

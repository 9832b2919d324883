using McpConsole.Mcp.OpenApi.Documents;
using McpConsole.Mcp.OpenApi.Plans;

namespace McpConsole.Mcp.OpenApi.Mapping;

/// <summary>Reads how a parameter or a form field is written.</summary>
internal static class ParameterStyles
{
    /// <summary>By <c>style</c> and <c>explode</c> (3.x), with the specification's defaults for the place.</summary>
    public static (ParameterStyle Style, bool Explode) Of(Node node, ArgumentPlace place)
    {
        var usual = place is ArgumentPlace.Path or ArgumentPlace.Header ? ParameterStyle.Simple : ParameterStyle.Form;
        var style = node["style"].Text switch
        {
            "simple" => ParameterStyle.Simple,
            "label" => ParameterStyle.Label,
            "matrix" => ParameterStyle.Matrix,
            "form" => ParameterStyle.Form,
            "spaceDelimited" => ParameterStyle.SpaceDelimited,
            "pipeDelimited" => ParameterStyle.PipeDelimited,
            "deepObject" => ParameterStyle.DeepObject,
            _ => usual,
        };
        var explode = node["explode"];
        return (style, explode.IsTrue || (style is ParameterStyle.Form or ParameterStyle.DeepObject && !explode.IsFalse));
    }

    /// <summary>By <c>collectionFormat</c> (2.0).</summary>
    public static (ParameterStyle Style, bool Explode) OfCollection(string? format, ArgumentPlace place) => format switch
    {
        "multi" => (ParameterStyle.Form, true),
        "ssv" => (ParameterStyle.SpaceDelimited, false),
        "tsv" => (ParameterStyle.TabDelimited, false),
        "pipes" => (ParameterStyle.PipeDelimited, false),
        _ => (place is ArgumentPlace.Path or ArgumentPlace.Header ? ParameterStyle.Simple : ParameterStyle.Form, false),
    };
}

using McpConsole.Mcp.OpenApi.Documents;
using McpConsole.Mcp.OpenApi.Plans;

namespace McpConsole.Mcp.OpenApi.Mapping;

/// <summary>Reads the parameters of operations that are not part of a body.</summary>
internal sealed class ParameterReader(DocumentSet documents, SpecVersion version, SchemaCompiler schemas, MappingNotes notes)
{
    /// <summary>All parameters of an operation, those of its path included; its own override the path's.</summary>
    /// <param name="fault">A parameter that cannot be read; the operation cannot be called without knowing it.</param>
    public List<Node> Gather(Operation operation, out string? fault)
    {
        fault = null;
        var found = new Dictionary<(string?, string?), Node>();
        foreach (var entry in operation.PathItem["parameters"].Items.Concat(operation.Node["parameters"].Items))
        {
            var parameter = documents.Follow(entry, out fault);
            if (fault is not null)
            {
                return [];
            }

            if (parameter["name"].Text is not { Length: > 0 } name || parameter["in"].Text is not { } place)
            {
                notes.Add(documents, entry, "a parameter has a «name» and an «in»; it is left out.");
            }
            else
            {
                found[(name, place)] = parameter;
            }
        }

        return [.. found.Values];
    }

    public IEnumerable<ArgumentDraft> Read(Operation operation, IEnumerable<Node> parameters)
    {
        var inPath = new HashSet<string>(PathTemplate.Names(operation.Path));
        foreach (var parameter in parameters)
        {
            var name = parameter["name"].Text!;
            var place = Place(parameter);
            if (place is null || (place == ArgumentPlace.Header && IsOwnHeader(name)))
            {
                continue;
            }

            if (place == ArgumentPlace.Path && !inPath.Remove(name))
            {
                notes.Add(documents, parameter, $"the path {operation.Path} has no «{{{name}}}»; the parameter is left out.");
                continue;
            }

            yield return Read(parameter, name, place.Value);
        }

        foreach (var name in inPath)
        {
            notes.Add(documents, operation.Node, $"no parameter describes «{{{name}}}» of the path; it is taken as text.");
            var schema = SchemaSite.Of(new SchemaFragment("""{"type":"string"}"""u8.ToArray(), null, [], []));
            yield return new ArgumentDraft(new ArgumentPlan(name, name, ArgumentPlace.Path, Required: true), schema, null);
        }
    }

    private ArgumentPlace? Place(Node parameter)
    {
        switch (parameter["in"].Text)
        {
            case "path":
                return ArgumentPlace.Path;
            case "query":
                return ArgumentPlace.Query;
            case "header":
                return ArgumentPlace.Header;
            case "cookie":
                return ArgumentPlace.Cookie;
            case "body" or "formData" when version == SpecVersion.V2:
                return null;
            case var other:
                notes.Add(documents, parameter, $"«in: {other}» is not a place for a parameter; it is left out.");
                return null;
        }
    }

    // The specification leaves these to bodies and security schemes.
    private static bool IsOwnHeader(string name) =>
        name.Equals("Accept", StringComparison.OrdinalIgnoreCase)
        || name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)
        || name.Equals("Authorization", StringComparison.OrdinalIgnoreCase);

    private ArgumentDraft Read(Node parameter, string name, ArgumentPlace place)
    {
        var required = place == ArgumentPlace.Path || parameter["required"].IsTrue;
        var (mediaType, media) = parameter["content"].Members.FirstOrDefault();
        var schema = version == SpecVersion.V2 ? parameter : mediaType is null ? parameter["schema"] : media["schema"];
        var (style, explode) = version == SpecVersion.V2
            ? ParameterStyles.OfCollection(parameter["collectionFormat"].Text, place)
            : ParameterStyles.Of(parameter, place);
        var plan = new ArgumentPlan(
            name,
            name,
            place,
            required,
            style,
            explode,
            parameter["allowReserved"].IsTrue,
            MediaTypes.IsJson(mediaType) ? ValueForm.Json : ValueForm.Plain);
        return new ArgumentDraft(
            plan,
            schemas.Compile(schema, SchemaUse.Request),
            version == SpecVersion.V2 ? null : ToolText.Shorten(parameter["description"].Text, ToolText.SchemaLimit));
    }
}

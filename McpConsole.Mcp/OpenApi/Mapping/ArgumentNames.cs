using McpConsole.Mcp.OpenApi.Plans;

namespace McpConsole.Mcp.OpenApi.Mapping;

/// <summary>
/// Gives the arguments of one tool names that model APIs take (the same rule as for tools), unique within it. Path comes before query,
/// header, cookie and body: the later of two of one name says where it goes (<c>id</c>, <c>id_query</c>).
/// </summary>
internal static class ArgumentNames
{
    public static List<ArgumentDraft> Resolve(IEnumerable<ArgumentDraft> drafts)
    {
        var names = new ToolNames();
        var taken = new HashSet<string>();
        var named = new List<ArgumentDraft>();
        foreach (var draft in drafts.OrderBy(draft => draft.Plan.Place))
        {
            var plan = draft.Plan;
            var wanted = ToolNames.Clean(plan.WireName);
            wanted = taken.Add(wanted) ? wanted : $"{wanted}_{Word(plan.Place)}";
            var name = names.Take(wanted, $"{Word(plan.Place)} {plan.WireName}");
            taken.Add(name);
            named.Add(draft with { Plan = plan with { Name = name } });
        }

        return named;
    }

    private static string Word(ArgumentPlace place) => place switch
    {
        ArgumentPlace.Path => "path",
        ArgumentPlace.Query => "query",
        ArgumentPlace.Header => "header",
        ArgumentPlace.Cookie => "cookie",
        _ => "body",
    };
}

using System.Text.Json;
using McpConsole.Mcp.OpenApi.Plans;

namespace McpConsole.Mcp.OpenApi.Calls;

/// <summary>The arguments of one call beside what the tool asks for.</summary>
internal readonly struct CallArguments
{
    private readonly JsonElement _values;

    private CallArguments(CallPlan plan, JsonElement values) => (Plan, _values) = (plan, values);

    public CallPlan Plan { get; }

    /// <param name="fault">What is wrong with them, in words that a model can mend its call by.</param>
    public static CallArguments Check(CallPlan plan, JsonElement values, out string? fault)
    {
        fault = values.ValueKind switch
        {
            JsonValueKind.Undefined or JsonValueKind.Null => Missing(plan, default),
            JsonValueKind.Object => Unknown(plan, values) ?? Missing(plan, values),
            _ => "The arguments are not an object.",
        };
        return new CallArguments(plan, values);
    }

    /// <summary>False for an argument that was left out. Null stands for that too, except in a JSON body, where it has a meaning.</summary>
    public bool TryGet(ArgumentPlan argument, out JsonElement value)
    {
        value = default;
        return _values.ValueKind == JsonValueKind.Object
            && _values.TryGetProperty(argument.Name, out value)
            && (value.ValueKind != JsonValueKind.Null || (argument.Place == ArgumentPlace.Field && Plan.Body == BodyKind.Json));
    }

    private static string? Missing(CallPlan plan, JsonElement values)
    {
        var missing = plan.Arguments.Where(argument => argument.Required
            && (values.ValueKind != JsonValueKind.Object
                || !values.TryGetProperty(argument.Name, out var value)
                || (value.ValueKind == JsonValueKind.Null && argument.Place is not (ArgumentPlace.Field or ArgumentPlace.Body))));
        return plan.Arguments.Any(argument => argument.Required) && string.Join(", ", missing.Select(argument => $"«{argument.Name}»")) is { Length: > 0 } names
            ? $"Missing required argument: {names}."
            : null;
    }

    private static string? Unknown(CallPlan plan, JsonElement values)
    {
        foreach (var given in values.EnumerateObject())
        {
            var known = false;
            foreach (var argument in plan.Arguments)
            {
                known |= given.NameEquals(argument.Name);
            }

            if (!known)
            {
                var names = plan.Arguments.Select(argument => argument.Required ? $"«{argument.Name}» (required)" : $"«{argument.Name}»");
                return plan.Arguments.IsEmpty
                    ? $"Unknown argument «{given.Name}»: this tool takes none."
                    : $"Unknown argument «{given.Name}». This tool takes {string.Join(", ", names)}.";
            }
        }

        return null;
    }
}

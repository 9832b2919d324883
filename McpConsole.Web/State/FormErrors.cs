using System.Collections.Immutable;
using McpConsole.Domain.Results;

namespace McpConsole.Web.State;

/// <summary>What is wrong with a form: its fields find their own errors by name.</summary>
public sealed record FormErrors(ImmutableArray<Error> All)
{
    public static FormErrors None { get; } = new([]);

    /// <summary>Errors that no field shows.</summary>
    public ImmutableArray<Error> Except(params IReadOnlyCollection<string> fields) => [.. All.Where(error => error.Field is null || !fields.Contains(error.Field))];

    public Error? Of(string field) => All.FirstOrDefault(error => error.Field == field);
}

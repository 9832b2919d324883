using System.Collections.Immutable;
using McpConsole.Domain.Results;

namespace McpConsole.Domain.Servers;

/// <summary>Collects what is wrong with a draft: the first fault of each field, in the order of checking.</summary>
internal sealed class DraftFaults
{
    private readonly ImmutableArray<Error>.Builder _errors = ImmutableArray.CreateBuilder<Error>();

    public ImmutableArray<Error> ToImmutable() => _errors.ToImmutable();

    public void Add(string field, string format, params IReadOnlyList<object?> arguments)
    {
        if (!_errors.Any(error => error.Field == field))
        {
            _errors.Add(new Error($"server.invalid_{field}", ErrorKind.Invalid, format, arguments) { Field = field });
        }
    }

    public void AddUnless(bool valid, string field, string format, params IReadOnlyList<object?> arguments)
    {
        if (!valid)
        {
            Add(field, format, arguments);
        }
    }
}

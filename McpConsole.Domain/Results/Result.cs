using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace McpConsole.Domain.Results;

/// <summary>A value, or the errors that kept it from being made (one per wrong field where input is checked).</summary>
public readonly struct Result<T>
{
    private readonly T? _value;
    private readonly ImmutableArray<Error> _errors;

    private Result(T? value, ImmutableArray<Error> errors) => (_value, _errors) = (value, errors);

    public ImmutableArray<Error> Errors => _errors.IsDefault ? [] : _errors;

    public Error? Error => _errors.IsDefaultOrEmpty ? null : _errors[0];

    public bool IsOk => _errors.IsDefaultOrEmpty;

    /// <summary>The value.</summary>
    /// <exception cref="InvalidOperationException">There is none; check <see cref="IsOk"/> or use <see cref="TryGet"/>.</exception>
    public T Value => IsOk ? _value! : throw new InvalidOperationException(Error!.ToString());

    public bool TryGet([MaybeNullWhen(false)] out T value, [NotNullWhen(false)] out Error? error)
    {
        value = _value;
        error = Error;
        return IsOk;
    }

    public Result<TOther> Select<TOther>(Func<T, TOther> selector) => IsOk ? selector(_value!) : Result<TOther>.Fail(_errors);

    public static Result<T> Fail(ImmutableArray<Error> errors) =>
        errors.IsDefaultOrEmpty ? throw new ArgumentException("A failure has at least one error.", nameof(errors)) : new(default, errors);

    public static implicit operator Result<T>(T value) => new(value, default);

    public static implicit operator Result<T>(Error error) => new(default, [error]);
}

using McpConsole.Domain.Results;

namespace McpConsole.Tests.Results;

public sealed class ResultTests
{
    private static readonly Error s_taken = new("server.name_taken", ErrorKind.Conflict, "A server named {0} exists.", "weather");

    [Fact]
    public void An_error_names_the_thing()
    {
        s_taken.Message.ShouldBe("A server named weather exists.");
        s_taken.At("name").Field.ShouldBe("name");
    }

    [Fact]
    public void A_failure_keeps_every_error_and_has_no_value()
    {
        var result = Result<int>.Fail([s_taken, s_taken.At("name")]);

        result.IsOk.ShouldBeFalse();
        result.Errors.Length.ShouldBe(2);
        result.TryGet(out _, out var error).ShouldBeFalse();
        error.ShouldBe(s_taken);
        Should.Throw<InvalidOperationException>(() => result.Value);
    }

    [Fact]
    public void A_failure_without_an_error_cannot_be_made() => Should.Throw<ArgumentException>(() => Result<int>.Fail([]));

    [Fact]
    public void A_selection_keeps_value_or_errors()
    {
        Result<int> ok = 2;
        Result<int> failed = s_taken;

        ok.Select(value => value * 2).Value.ShouldBe(4);
        failed.Select(value => value * 2).Error.ShouldBe(s_taken);
    }
}

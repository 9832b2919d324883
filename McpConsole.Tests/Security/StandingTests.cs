using McpConsole.Domain.Accounts;
using McpConsole.Infrastructure.Database;
using McpConsole.Web.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using NSubstitute;

namespace McpConsole.Tests.Security;

public sealed class StandingTests
{
    private readonly IApiTokens _tokens = Substitute.For<IApiTokens>();
    private readonly DefaultHttpContext _stream = new();
    private readonly Standing _standing;

    public StandingTests()
    {
        _standing = new Standing(new SessionCheck(Substitute.For<ISignIn>(), TimeProvider.System, NullLogger<SessionCheck>.Instance), _tokens);
        _stream.Request.Headers.Authorization = "Bearer t";
    }

    [Fact]
    public async Task A_database_that_is_away_ends_no_stream_and_no_checking()
    {
        _tokens.VerifyAsync("t", null, TestContext.Current.CancellationToken).ReturnsForAnyArgs<Actor?>(
            _ => throw new DatabaseUnavailableException("It is away."),
            _ => null);

        (await _standing.HoldsAsync(_stream, TestContext.Current.CancellationToken)).ShouldBeTrue();
        (await _standing.HoldsAsync(_stream, TestContext.Current.CancellationToken)).ShouldBeFalse("it was revoked meanwhile");
    }
}

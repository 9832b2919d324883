using System.Text;
using FsCheck;
using FsCheck.Fluent;
using McpConsole.Domain.Logs;

namespace McpConsole.Tests.Logs;

public sealed class LevelRecogniserTests
{
    [Theory]
    // The line begins with it.
    [InlineData("ERROR something broke", LineLevel.Error)]
    [InlineData("error: no such file", LineLevel.Error)]
    [InlineData("Error: Cannot find module 'x'", LineLevel.Error)]
    [InlineData("warn - deprecated", LineLevel.Warning)]
    [InlineData("Warning: careful", LineLevel.Warning)]
    [InlineData("INFO:     Application startup complete.", LineLevel.Information)]
    [InlineData("info: Microsoft.Hosting.Lifetime[14]", LineLevel.Information)]
    [InlineData("fail: Microsoft.AspNetCore.Server[1]", LineLevel.Error)]
    [InlineData("dbug: Some.Category[0]", LineLevel.Debug)]
    [InlineData("trce: Some.Category[0]", LineLevel.Trace)]
    [InlineData("crit: Some.Category[0]", LineLevel.Critical)]
    [InlineData("WARNING:root:watch out", LineLevel.Warning)]
    [InlineData("FATAL could not start", LineLevel.Critical)]
    [InlineData("SEVERE: nothing goes", LineLevel.Critical)]
    [InlineData("verbose: detail", LineLevel.Trace)]
    [InlineData("\tWRN indented", LineLevel.Warning)]
    // In brackets.
    [InlineData("[ERROR] x", LineLevel.Error)]
    [InlineData("[error] x", LineLevel.Error)]
    [InlineData("[WARN ] x", LineLevel.Warning)]
    [InlineData("[E] x", LineLevel.Error)]
    [InlineData("[I] x", LineLevel.Information)]
    [InlineData("[03:37:52 INF] Now listening", LineLevel.Information)]
    [InlineData("2026/11/20 03:37:52 [notice] 1#1: start worker", LineLevel.Information)]
    [InlineData("2026/11/20 03:37:52 [emerg] 1#1: bind() failed", LineLevel.Critical)]
    [InlineData("app [critical] x", LineLevel.Critical)]
    // After a tag.
    [InlineData("[Fri Nov 20 03:37:52 2026] [core:error] [pid 1] x", LineLevel.Error)]
    [InlineData("app:warn slow", LineLevel.Warning)]
    [InlineData("time=2026-11-20T03:37:52Z level=warn msg=slow", LineLevel.Warning)]
    [InlineData("ts=1 lvl=debug msg=x", LineLevel.Debug)]
    [InlineData("level=\"error\" msg=x", LineLevel.Unknown)]
    // In quotes.
    [InlineData("said \"ERROR\" to me", LineLevel.Error)]
    // Before a colon.
    [InlineData("nginx error: no such host", LineLevel.Error)]
    [InlineData("npm warn: old lock file", LineLevel.Warning)]
    // As a word in capitals.
    [InlineData("2026-11-20 03:37:52,123 - app - ERROR - failed", LineLevel.Error)]
    [InlineData("2026-11-20T03:37:52.123Z  INFO server started", LineLevel.Information)]
    [InlineData("app | DEBUG | x", LineLevel.Debug)]
    [InlineData("03:37:52.123 [main] TRACE c.x.Y - in", LineLevel.Trace)]
    // Times at the beginning are passed over.
    [InlineData("2026-11-20T03:37:52+01:00 error: x", LineLevel.Error)]
    [InlineData("[2026-11-20 03:37:52] warn x", LineLevel.Warning)]
    [InlineData("Nov 20 03:37:52 error: x", LineLevel.Error)]
    [InlineData("1700000000.123 info x", LineLevel.Information)]
    // Escape sequences are passed over.
    [InlineData("\u001b[31mERROR\u001b[0m red", LineLevel.Error)]
    [InlineData("\u001b[32minfo\u001b[39m: Some[0]", LineLevel.Information)]
    // syslog and klog.
    [InlineData("<11>Nov 20 03:37:52 host app: x", LineLevel.Error)]
    [InlineData("<34>1 2026-11-20T03:37:52Z host app - - - x", LineLevel.Critical)]
    [InlineData("<191>x", LineLevel.Debug)]
    [InlineData("<999>x", LineLevel.Unknown)]
    [InlineData("W1120 03:37:52.123456   1 file.go:10] slow", LineLevel.Warning)]
    [InlineData("E1120 03:37:52.123456   1 file.go:10] broken", LineLevel.Error)]
    // JSON.
    [InlineData("{\"level\":\"error\",\"msg\":\"x\"}", LineLevel.Error)]
    [InlineData("{\"@t\":\"2026\",\"@l\":\"Warning\",\"@m\":\"x\"}", LineLevel.Warning)]
    [InlineData("{\"log.level\":\"DEBUG\",\"message\":\"x\"}", LineLevel.Debug)]
    [InlineData("{\"log\":{\"logger\":\"a\",\"level\":\"error\"},\"message\":\"x\"}", LineLevel.Error)]
    [InlineData("{\"severity\":\"CRITICAL\"}", LineLevel.Critical)]
    [InlineData("{\"time\":1,\"level\":40,\"msg\":\"pino\"}", LineLevel.Warning)]
    [InlineData("{\"a\":{\"level\":\"error\"},\"level\":\"info\"}", LineLevel.Information)]
    [InlineData("{\"msg\":\"ERROR\"}", LineLevel.Unknown)]
    [InlineData("{\"level\":\"error\",\"msg\":\"cut at the lim", LineLevel.Error)]
    [InlineData("{\"broken\": yes} ERROR", LineLevel.Error)]
    [InlineData("{not json} [error]", LineLevel.Error)]
    // Two different ones in a tier decide nothing; an earlier tier decides over a later one.
    [InlineData("[ERROR] [WARN] x", LineLevel.Unknown)]
    [InlineData("choose INFO or DEBUG", LineLevel.Unknown)]
    [InlineData("[WARN] an ERROR occurred", LineLevel.Warning)]
    [InlineData("[ERROR] and again [error]", LineLevel.Error)]
    // What only looks like one.
    [InlineData("", LineLevel.Unknown)]
    [InlineData("all is well", LineLevel.Unknown)]
    [InlineData("no error here", LineLevel.Unknown)]
    [InlineData("errors: 0", LineLevel.Unknown)]
    [InlineData("error_count 5", LineLevel.Unknown)]
    [InlineData("MY_ERROR is set", LineLevel.Unknown)]
    [InlineData("information_schema", LineLevel.Unknown)]
    [InlineData("x[I]y", LineLevel.Information)]
    [InlineData("Eine Fehlermeldung 早上好", LineLevel.Unknown)]
    public void Levels_are_recognised(string line, LineLevel level) =>
        LevelRecogniser.Recognise(Encoding.UTF8.GetBytes(line)).ShouldBe(level);

    [Fact]
    public void Arbitrary_bytes_are_harmless() =>
        Prop.ForAll<byte[]>(bytes => Enum.IsDefined(LevelRecogniser.Recognise(bytes))).QuickCheckThrowOnFailure();
}

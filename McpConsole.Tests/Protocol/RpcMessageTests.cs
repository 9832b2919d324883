using System.Text;
using FsCheck;
using FsCheck.Fluent;
using McpConsole.Mcp.Protocol;

namespace McpConsole.Tests.Protocol;

public sealed class RpcMessageTests
{
    private static readonly string[] s_ids = ["0", "\"0\"", "-1", "1e3", "9007199254740993", "123456789012345678901234567890", "\"\"", "\"a\\u0000\\\"b\"", "\"世界\""];

    [Fact]
    public void An_id_of_any_form_comes_back_byte_for_byte()
    {
        var ids = Gen.OneOf(
            Gen.Elements(s_ids),
            ArbMap.Default.GeneratorFor<long>().Select(n => n.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            ArbMap.Default.GeneratorFor<NonNull<string>>().Select(s => System.Text.Json.JsonSerializer.Serialize(s.Get)));
        var spaces = Gen.Elements("", " ", "\n\t ");
        var cases = from id in ids from space in spaces from other in ids select (Id: id, Space: space, Other: other);
        Prop.ForAll(cases.ToArbitrary(), sample =>
        {
            var text = $$"""{"jsonrpc":"2.0",{{sample.Space}}"id"{{sample.Space}}:{{sample.Space}}{{sample.Id}}{{sample.Space}},"method":"m"}""";
            var message = RpcMessage.Parse(Encoding.UTF8.GetBytes(text));
            Encoding.UTF8.GetString(message[message.Id].Span).ShouldBe(sample.Id);
            using var other = RpcFrames.Rewrite(message, Encoding.UTF8.GetBytes(sample.Other));
            var rewritten = RpcMessage.Parse(other.Span.ToArray());
            Encoding.UTF8.GetString(rewritten[rewritten.Id].Span).ShouldBe(sample.Other);
            using var back = RpcFrames.Rewrite(rewritten, message[message.Id].Span);
            Encoding.UTF8.GetString(back.Span).ShouldBe(text);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Half_a_character_is_no_text_and_breaks_nothing()
    {
        var message = RpcMessage.Parse("""{"jsonrpc":"2.0","id":1,"method":"logging/setLevel","params":{"name":"\ud83d","level":"a\ud83d","whole":"\ud83d\ude00"}}"""u8.ToArray());

        message.Text(message.Name).ShouldBeNull();
        var parameters = RequestHandlers.Parse(message, message.Params);
        parameters.GetProperty("level").GetString().ShouldBe("a\ufffd");
        parameters.GetProperty("whole").GetString().ShouldBe("😀");
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"_meta":{"progressToken":"t"},"name":"x"}}""")]
    [InlineData("""{"params":{"name":"x","_meta":{"other":1,"progressToken":"t"}},"method":"tools/call","id":7,"jsonrpc":"2.0"}""")]
    public void Id_and_progress_token_are_replaced_wherever_they_stand(string text)
    {
        var message = RpcMessage.Parse(Encoding.UTF8.GetBytes(text));
        using var rewritten = RpcFrames.Rewrite(message, "99"u8, "88"u8);
        Encoding.UTF8.GetString(rewritten.Span).ShouldBe(text.Replace("7", "99").Replace("\"t\"", "88"));
    }

    [Theory]
    [InlineData("{}", RpcErrors.InvalidRequest)]
    [InlineData("[]", RpcErrors.InvalidRequest)]
    [InlineData("""[{"jsonrpc":"2.0","id":1,"method":"ping"}]""", RpcErrors.InvalidRequest)]
    [InlineData("""{"id":1,"method":"ping"}""", RpcErrors.InvalidRequest)]
    [InlineData("""{"jsonrpc":"1.0","id":1,"method":"ping"}""", RpcErrors.InvalidRequest)]
    [InlineData("""{"jsonrpc":"2.0","id":null,"method":"ping"}""", RpcErrors.InvalidRequest)]
    [InlineData("""{"jsonrpc":"2.0","id":{},"method":"ping"}""", RpcErrors.InvalidRequest)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":5}""", RpcErrors.InvalidRequest)]
    [InlineData("""{"jsonrpc":"2.0","id":1}""", RpcErrors.InvalidRequest)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":{},"error":{}}""", RpcErrors.InvalidRequest)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"id":2,"method":"ping"}""", RpcErrors.InvalidRequest)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"a","name":"b"}}""", RpcErrors.InvalidRequest)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"ping"} x""", RpcErrors.ParseError)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"ping""", RpcErrors.ParseError)]
    [InlineData("not json", RpcErrors.ParseError)]
    [InlineData("", RpcErrors.ParseError)]
    public void What_is_no_message_is_refused_with_its_code(string text, int code) =>
        Should.Throw<McpException>(() => RpcMessage.Parse(Encoding.UTF8.GetBytes(text))).Code.ShouldBe(code);

    [Fact]
    public void No_input_makes_anything_else_than_a_message_or_a_refusal() =>
        Prop.ForAll<byte[]>(bytes =>
        {
            try
            {
                RpcMessage.Parse(bytes);
            }
            catch (McpException)
            {
                // Refused.
            }
        }).QuickCheckThrowOnFailure();
}

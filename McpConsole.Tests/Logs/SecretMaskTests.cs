using System.Text;
using McpConsole.Domain.Servers;
using McpConsole.Infrastructure.Logs;

namespace McpConsole.Tests.Logs;

public sealed class SecretMaskTests
{
    [Theory]
    [InlineData("key=s3cret!", "key=#")]
    [InlineData("s3cret!s3cret!", "##")]
    [InlineData("s3cret", "s3cret")]
    [InlineData("longer-s3cret!-one", "#")]
    [InlineData("{\"k\":\"pass\\u0022word\"}", "{\"k\":\"#\"}")]
    [InlineData("pass\"word", "#")]
    [InlineData("?k=pass%22word", "?k=#")]
    [InlineData("first line of a key", "# of a key")]
    [InlineData("xx last line xx", "xx # xx")]
    [InlineData("abc", "abc")]
    public void Secrets_are_replaced(string text, string masked)
    {
        var mask = SecretMask.Of([new("s3cret!"), new("longer-s3cret!-one"), new("pass\"word"), new("first line\nlast line\n"), new("abc"), new("")]);
        var destination = new byte[text.Length * SecretMask.Growth];
        var written = mask.Apply(Encoding.UTF8.GetBytes(text), destination);
        Encoding.UTF8.GetString(destination, 0, written).ShouldBe(masked.Replace("#", Secret.Mask));
        mask.AppearsIn(Encoding.UTF8.GetBytes(text)).ShouldBe(masked.Contains('#'));
    }

    [Theory]
    [InlineData("plain", 5)]
    [InlineData("xabc", 1)]
    [InlineData("xabcabc", 1)]
    [InlineData("abcab", 0)]
    [InlineData("xabcabcx", 8)]
    [InlineData("", 0)]
    public void A_text_is_never_parted_within_a_secret(string text, int safe) =>
        SecretMask.Of([new("abcabc")]).SafeLength(Encoding.UTF8.GetBytes(text)).ShouldBe(safe);
}

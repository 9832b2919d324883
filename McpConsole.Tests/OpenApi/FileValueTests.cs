using System.Text.Json;
using McpConsole.Mcp.OpenApi.Calls;

namespace McpConsole.Tests.OpenApi;

public sealed class FileValueTests
{
    [Theory]
    [InlineData("data:image/png;base64,aGk=", "image/png")]
    [InlineData("data:text/plain\r\nX-Injected: 1;base64,aGk=", null)]
    [InlineData("data:nonsense;base64,aGk=", null)]
    [InlineData("aGk=", null)]
    public void A_media_type_is_one_or_none(string text, string? expected)
    {
        FileValue.TryRead(JsonSerializer.SerializeToElement(text), out var file).ShouldBeTrue();

        file!.MediaType.ShouldBe(expected);
        file.Bytes.ShouldBe("hi"u8.ToArray());
    }
}

using McpConsole.Web.Logs;

namespace McpConsole.Tests.Logs;

public sealed class AnsiTextTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("\e[31mred\e[0m and plain", "red:ansi-1| and plain")]
    [InlineData("\e[1;32mok\e[39m bold\e[m", "ok:ansi-2 ansi-bold| bold:ansi-bold")]
    [InlineData("\e[38;5;208morange\e[0m", "orange")]
    [InlineData("\e[2K\e[1Gprogress 50 %\r", "progress 50 %")]
    [InlineData("\e]8;;https://example.com\e\\link\e]8;;\a", "link")]
    [InlineData("bell\a and null\0", "bell and null")]
    [InlineData("tab\tstays", "tab\tstays")]
    [InlineData("cut off \e[3", "cut off ")]
    [InlineData("\e", "")]
    public void Colours_become_classes_and_the_rest_of_the_sequences_go(string line, string expected) =>
        string.Join('|', AnsiText.Parse(line).Select(span => span.Class is null ? span.Text : $"{span.Text}:{span.Class}")).ShouldBe(expected);

    [Fact]
    public void A_long_line_is_cut() =>
        AnsiText.Parse(new string('x', 100_000)).Sum(span => span.Text.Length).ShouldBeLessThan(AnsiText.MaxLength + 10);
}

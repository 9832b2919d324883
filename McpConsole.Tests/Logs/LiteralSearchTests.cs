using System.Text;
using FsCheck;
using FsCheck.Fluent;
using McpConsole.Infrastructure.Logs;

namespace McpConsole.Tests.Logs;

public sealed class LiteralSearchTests
{
    // Few letters, so that parts of the word come often, over more than one vector.
    private static readonly Gen<string> s_text = Gen.Elements('a', 'B', 'b', '@', '`', '早').ArrayOf().Select(letters => new string(letters));

    [Fact]
    public void It_finds_what_a_simple_search_finds() =>
        Prop.ForAll(
            Arb.From(s_text.Select(text => text + text + text)),
            Arb.From(s_text.Where(word => word.Length > 0)),
            (text, word) => new LiteralSearch(word).Find(Encoding.UTF8.GetBytes(text), 0) == Simple(text, word)).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(100)]
    public void It_finds_a_word_anywhere(int place)
    {
        var text = Encoding.UTF8.GetBytes(new string('.', place) + "NeeDle" + new string('.', 40));
        new LiteralSearch("needle").Find(text, 0).ShouldBe(place);
        new LiteralSearch("needle").Find(text, place + 1).ShouldBe(-1);
        new LiteralSearch("n").Find(text, 0).ShouldBe(place);
    }

    private static int Simple(string text, string word)
    {
        var folded = Encoding.UTF8.GetBytes(text.ToLowerInvariant()).AsSpan();
        return folded.IndexOf(Encoding.UTF8.GetBytes(word.ToLowerInvariant()));
    }
}

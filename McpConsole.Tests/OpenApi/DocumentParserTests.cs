using System.Text;
using System.Text.Json;
using McpConsole.Domain.Results;
using McpConsole.Mcp.OpenApi.Documents;

namespace McpConsole.Tests.OpenApi;

public sealed class DocumentParserTests
{
    [Fact]
    public void Broken_yaml_names_line_and_column()
    {
        var error = Parse(File.ReadAllBytes(DocumentFiles.PathOf("broken.yaml"))).Error!;
        error.Code.ShouldBe("document.broken_yaml");
        error.Message.ShouldContain("line 4, column 11");
    }

    [Fact]
    public void Broken_json_names_line_and_column()
    {
        var error = Parse(File.ReadAllBytes(DocumentFiles.PathOf("broken.json"))).Error!;
        error.Code.ShouldBe("document.broken_json");
        error.Message.ShouldContain("line 3, column 13");
    }

    [Theory]
    [InlineData("")]
    [InlineData("  \n\t")]
    [InlineData("\uFEFF")]
    public void Nothing_is_an_empty_document(string text) => Parse(text).Error!.Code.ShouldBe("document.empty");

    [Fact]
    public void A_byte_order_mark_is_no_part_of_the_document() =>
        Parse("\uFEFF{\"a\":1}").Value.GetProperty("a").GetInt32().ShouldBe(1);

    [Fact]
    public void Bytes_that_are_no_text_are_refused_with_their_place()
    {
        var error = Parse([(byte)'a', (byte)':', 0xFF, 0xFE]).Error!;
        error.Code.ShouldBe("document.not_text");
        error.Message.ShouldContain("byte 2");
    }

    [Theory]
    [InlineData("""{"a":"\ud800"}""")]
    [InlineData("""{"a":"\udc00\ud800"}""")]
    [InlineData("""{"a":"\\\ud800x"}""")]
    public void Half_a_surrogate_pair_is_refused(string json) => Parse(json).Error!.Code.ShouldBe("document.broken_json");

    [Theory]
    [InlineData("""{"a":"\ud83d\ude00"}""")]
    [InlineData("""{"a":"\\ud800"}""")]
    public void Whole_pairs_and_escaped_backslashes_are_text(string json) => Parse(json).IsOk.ShouldBeTrue();

    [Theory]
    [InlineData('[', ']')]
    [InlineData('{', '}')]
    public void Deep_nesting_is_refused_and_does_not_overflow_the_stack(char open, char close)
    {
        var bracket = open == '{' ? "{\"a\":" : "[";
        var deep = string.Concat(Enumerable.Repeat(bracket, 100_000)) + "1" + new string(close, 100_000);
        Parse(deep).Error!.Code.ShouldBe("document.broken_json");
        Parse("x: " + deep).Error!.Code.ShouldBe("document.broken_yaml");
    }

    [Fact]
    public void An_alias_bomb_is_refused()
    {
        var error = Parse(File.ReadAllBytes(DocumentFiles.PathOf("alias-bomb.yaml"))).Error!;
        error.Code.ShouldBe("document.broken_yaml");
        error.Message.ShouldContain("aliases multiply");
    }

    [Fact]
    public void An_alias_inside_of_its_anchor_is_refused()
    {
        var error = Parse(File.ReadAllBytes(DocumentFiles.PathOf("alias-circle.yaml"))).Error!;
        error.Message.ShouldContain("line 4");
        error.Message.ShouldContain("«*a» stands inside");
    }

    [Theory]
    [InlineData("a: *nobody", "no anchor")]
    [InlineData("a: 1\na: 2", "twice")]
    [InlineData("? [a]\n: 1", "not a plain word")]
    [InlineData("a: [1, 2", "flow sequence")]
    [InlineData("<<: 7", "merges mappings")]
    public void Yaml_faults_say_what_is_wrong(string yaml, string cause)
    {
        var error = Parse(yaml).Error!;
        error.Code.ShouldBe("document.broken_yaml");
        error.Message.ShouldContain(cause);
    }

    [Theory]
    [InlineData("true", "true")]
    [InlineData("yes", "\"yes\"")]
    [InlineData("~", "null")]
    [InlineData("", "null")]
    [InlineData("'12'", "\"12\"")]
    [InlineData("!!str 12", "\"12\"")]
    [InlineData("12", "12")]
    [InlineData("-0.5e3", "-0.5e3")]
    [InlineData("+.5", "0.5")]
    [InlineData("007", "7")]
    [InlineData("0x1F", "31")]
    [InlineData("0o17", "15")]
    [InlineData("1.2.3", "\"1.2.3\"")]
    [InlineData("2026-01-31", "\"2026-01-31\"")]
    [InlineData("1e", "\"1e\"")]
    [InlineData(".inf", "\".inf\"")]
    [InlineData("123456789012345678901234567890", "123456789012345678901234567890")]
    [InlineData("|\n  two\n  lines", "\"two\\nlines\"")]
    [InlineData("[1, {b: c}]", "[1,{\"b\":\"c\"}]")]
    public void Yaml_values_follow_the_core_schema(string yaml, string json) =>
        Parse("a: " + yaml).Value.GetProperty("a").GetRawText().ShouldBe(json);

    [Fact]
    public void Merge_keys_give_way_to_the_mappings_own()
    {
        var root = Parse("base: &b {x: 1, y: 2}\nmore: &m {y: 3, z: 4}\nuse:\n  y: 9\n  <<: [*b, *m]\nalias: *b").Value;
        root.GetProperty("use").GetRawText().ShouldBe("""{"y":9,"x":1,"z":4}""");
        root.GetProperty("alias").GetRawText().ShouldBe("""{"x":1,"y":2}""");
    }

    [Fact]
    public void Only_the_first_document_of_a_stream_counts() => Parse("a: 1\n---\nb: 2\n").Value.GetRawText().ShouldBe("""{"a":1}""");

    private static Result<JsonElement> Parse(string text) => Parse(Encoding.UTF8.GetBytes(text));

    private static Result<JsonElement> Parse(byte[] content) => DocumentParser.Parse(new DocumentText(new Uri("file:///document"), content));
}

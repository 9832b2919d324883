using System.Text.Json;
using System.Text.Json.Nodes;
using McpConsole.Mcp.OpenApi.Documents;

namespace McpConsole.Tests.OpenApi;

/// <summary>Documents with a few values replaced by wrong ones: whatever is wrong, it costs no more than what depends on it.</summary>
public sealed class MutatedDocumentTests
{
    private const int Rounds = 100;

    private static ReadOnlySpan<byte> Noise => "{}[]:,&*!|>'\"%@#?-<~ab01\n\t \\\0\u00ff"u8;

    private static readonly string[] s_wrong =
    [
        "null", "true", "false", "-1", "1e400", "\"\"", "\"text\"", "\"object\"", "[]", "{}", "[null]", "[{}]", "{\"\":{}}",
        """{"$ref":"#"}""", """{"$ref":"#/paths"}""", """{"$ref":""}""", """{"$ref":7}""", """{"$ref":"#/components/schemas/Pet"}""",
        """{"allOf":[{"$ref":"#/components/schemas/Pet"}]}""", """{"type":["object","null"],"properties":{"x":true}}""", """["{","}"]""",
    ];

    [Theory]
    [InlineData("petshop.yaml")]
    [InlineData("swagger2.yaml")]
    [InlineData("circular.yaml")]
    [InlineData("odd-schemas.yaml")]
    public async Task A_wrong_value_anywhere_never_breaks_the_mapping(string file)
    {
        var original = DocumentParser.Parse(new DocumentText(new Uri("file:///x"), await File.ReadAllBytesAsync(DocumentFiles.PathOf(file), TestContext.Current.CancellationToken))).Value;
        for (var seed = 0; seed < Rounds; seed++)
        {
            var text = Mutate(original, new Random(seed)).ToJsonString();
            var loaded = await MappedDocument.LoadTextAsync(text);
            if (!loaded.TryGet(out var plan, out _))
            {
                continue;
            }

            var document = new MappedDocument(plan);
            foreach (var tool in document.Tools)
            {
                SchemaValidity.Faults(tool.GetProperty("inputSchema")).ShouldBeEmpty($"seed {seed}: {text}");
                await document.CallAsync(tool.GetProperty("name").GetString()!, """{"no such argument":1}""");
            }
        }
    }

    [Theory]
    [InlineData("petshop.yaml")]
    [InlineData("merge-keys.yaml")]
    [InlineData("alias-bomb.yaml")]
    [InlineData("no-operation-ids.json")]
    public async Task Garbled_text_is_parsed_or_refused(string file)
    {
        var original = await File.ReadAllBytesAsync(DocumentFiles.PathOf(file), TestContext.Current.CancellationToken);
        for (var seed = 0; seed < Rounds * 10; seed++)
        {
            var random = new Random(seed);
            var text = original.AsSpan(0, random.Next(original.Length)).ToArray();
            for (var i = random.Next(6); i > 0 && text.Length > 0; i--)
            {
                text[random.Next(text.Length)] = Noise[random.Next(Noise.Length)];
            }

            var parsed = DocumentParser.Parse(new DocumentText(new Uri("file:///x"), text));
            (parsed.IsOk || parsed.Error!.Message.Length > 0).ShouldBeTrue();
        }
    }

    private static JsonNode Mutate(JsonElement original, Random random)
    {
        var root = JsonNode.Parse(original.GetRawText())!;
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            var places = Places(root).ToList();
            places[random.Next(places.Count)].ReplaceWith(JsonNode.Parse(s_wrong[random.Next(s_wrong.Length)]));
        }

        return root;
    }

    private static IEnumerable<JsonNode> Places(JsonNode node)
    {
        IEnumerable<JsonNode?> children = node switch
        {
            JsonObject json => json.Select(member => member.Value),
            JsonArray array => array,
            _ => [],
        };
        return children.OfType<JsonNode>().SelectMany(child => Places(child).Append(child));
    }
}

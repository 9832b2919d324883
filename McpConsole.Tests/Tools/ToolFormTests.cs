using System.Text.Json;
using McpConsole.Web.Tools;

namespace McpConsole.Tests.Tools;

public sealed class ToolFormTests
{
    private const string Schema = """
        {
          "type": "object",
          "properties": {
            "note": { "type": "string", "description": "Free text" },
            "count": { "type": "integer", "default": 3 },
            "ratio": { "type": ["number", "null"] },
            "deep": { "type": "boolean" },
            "mode": { "enum": ["fast", "slow", 3] },
            "tags": { "type": "array", "items": { "type": "string" } },
            "filter": { "type": "object" },
            "id": { "type": "string" }
          },
          "required": ["id"]
        }
        """;

    private readonly ToolFormState _form = new(new("search", null, null, JsonDocument.Parse(Schema).RootElement, null, null, 0));

    [Fact]
    public void Each_type_has_its_input() => _form.Fields.ToDictionary(f => f.Name, f => f.Input).ShouldBe(
        new Dictionary<string, SchemaInput>
        {
            ["id"] = SchemaInput.Text,
            ["note"] = SchemaInput.Text,
            ["count"] = SchemaInput.WholeNumber,
            ["ratio"] = SchemaInput.Number,
            ["deep"] = SchemaInput.Boolean,
            ["mode"] = SchemaInput.Choice,
            ["tags"] = SchemaInput.List,
            ["filter"] = SchemaInput.Json,
        },
        ignoreOrder: true);

    [Fact]
    public void Required_fields_come_first() => _form.Fields[0].Name.ShouldBe("id");

    [Fact]
    public void What_was_entered_becomes_json_of_the_right_types()
    {
        (_form["id"], _form["ratio"], _form["deep"], _form["mode"]) = ("007", "0.5", "true", "\"slow\"");
        (_form["tags"], _form["filter"]) = ("a\n b \n", """{"x":[1]}""");
        _form.ToArguments().Value.GetRawText()
            .ShouldBe("""{"id":"007","count":3,"ratio":0.5,"deep":true,"mode":"slow","tags":["a","b"],"filter":{"x":[1]}}""");
    }

    [Theory]
    [InlineData("count", "many")]
    [InlineData("count", "99999999999999999999")]
    [InlineData("ratio", "1,5")]
    [InlineData("filter", "{")]
    public void A_wrong_value_is_told_at_its_field(string field, string value)
    {
        (_form["id"], _form[field]) = ("1", value);
        _form.ToArguments().Errors.ShouldHaveSingleItem().Field.ShouldBe(field);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("true")]
    [InlineData("""{"properties": 3}""")]
    [InlineData("""{"properties": {"x": true, "y": {"type": "array"}, "z": {"type": "array", "items": false}}}""")]
    public void An_odd_schema_gives_a_form_all_the_same(string schema) =>
        SchemaField.Of(JsonDocument.Parse(schema).RootElement).ShouldAllBe(field => field.Input == SchemaInput.Json);
}

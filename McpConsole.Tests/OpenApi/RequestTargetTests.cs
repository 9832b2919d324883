using System.Text.Json;
using FsCheck.Fluent;
using McpConsole.Mcp.OpenApi.Calls;
using McpConsole.Mcp.OpenApi.Plans;
using Microsoft.AspNetCore.WebUtilities;

namespace McpConsole.Tests.OpenApi;

/// <summary>The table of styles in the OpenAPI specification, and what comes back of what goes in.</summary>
public sealed class RequestTargetTests
{
    private const string Blue = "\"blue\"";
    private const string Colors = """["blue","black","brown"]""";
    private const string Rgb = """{"R":100,"G":200,"B":150}""";

    [Theory]
    [InlineData(ParameterStyle.Matrix, false, "\"\"", ";color")]
    [InlineData(ParameterStyle.Matrix, false, Blue, ";color=blue")]
    [InlineData(ParameterStyle.Matrix, false, Colors, ";color=blue,black,brown")]
    [InlineData(ParameterStyle.Matrix, false, Rgb, ";color=R,100,G,200,B,150")]
    [InlineData(ParameterStyle.Matrix, true, Colors, ";color=blue;color=black;color=brown")]
    [InlineData(ParameterStyle.Matrix, true, Rgb, ";R=100;G=200;B=150")]
    [InlineData(ParameterStyle.Label, false, Blue, ".blue")]
    [InlineData(ParameterStyle.Label, false, Colors, ".blue,black,brown")]
    [InlineData(ParameterStyle.Label, false, Rgb, ".R,100,G,200,B,150")]
    [InlineData(ParameterStyle.Label, true, Colors, ".blue.black.brown")]
    [InlineData(ParameterStyle.Label, true, Rgb, ".R=100.G=200.B=150")]
    [InlineData(ParameterStyle.Simple, false, Blue, "blue")]
    [InlineData(ParameterStyle.Simple, false, Colors, "blue,black,brown")]
    [InlineData(ParameterStyle.Simple, false, Rgb, "R,100,G,200,B,150")]
    [InlineData(ParameterStyle.Simple, true, Colors, "blue,black,brown")]
    [InlineData(ParameterStyle.Simple, true, Rgb, "R=100,G=200,B=150")]
    public void Path_styles(object style, bool explode, string value, string expected) =>
        Build("/x/{color}", ArgumentPlace.Path, (ParameterStyle)style, explode, value).ShouldBe("/x/" + expected);

    [Theory]
    [InlineData(ParameterStyle.Form, false, "\"\"", "color=")]
    [InlineData(ParameterStyle.Form, false, Blue, "color=blue")]
    [InlineData(ParameterStyle.Form, false, Colors, "color=blue,black,brown")]
    [InlineData(ParameterStyle.Form, false, Rgb, "color=R,100,G,200,B,150")]
    [InlineData(ParameterStyle.Form, true, Colors, "color=blue&color=black&color=brown")]
    [InlineData(ParameterStyle.Form, true, Rgb, "R=100&G=200&B=150")]
    [InlineData(ParameterStyle.SpaceDelimited, false, Colors, "color=blue%20black%20brown")]
    [InlineData(ParameterStyle.SpaceDelimited, false, Rgb, "color=R%20100%20G%20200%20B%20150")]
    [InlineData(ParameterStyle.PipeDelimited, false, Colors, "color=blue%7Cblack%7Cbrown")]
    [InlineData(ParameterStyle.TabDelimited, false, Colors, "color=blue%09black%09brown")]
    [InlineData(ParameterStyle.DeepObject, true, Rgb, "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150")]
    [InlineData(ParameterStyle.DeepObject, true, """{"a":{"b":[1,true]}}""", "color%5Ba%5D%5Bb%5D=1&color%5Ba%5D%5Bb%5D=true")]
    public void Query_styles(object style, bool explode, string value, string expected) =>
        Build("/x", ArgumentPlace.Query, (ParameterStyle)style, explode, value).ShouldBe("/x?" + expected);

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    public void An_empty_list_and_null_leave_no_trace(string value) =>
        Build("/x", ArgumentPlace.Query, ParameterStyle.Form, true, value).ShouldBe("/x");

    [Fact]
    public void Reserved_characters_stay_where_they_are_allowed()
    {
        Build("/x", ArgumentPlace.Query, ParameterStyle.Form, true, "\"a/b:c?d&e#f+g%h\"").ShouldBe("/x?color=a%2Fb%3Ac%3Fd%26e%23f%2Bg%25h");
        Build("/x", ArgumentPlace.Query, ParameterStyle.Form, true, "\"a/b:c?d&e#f+g%h\"", allowReserved: true).ShouldBe("/x?color=a/b:c?d%26e%23f%2Bg%25h");
    }

    [Theory]
    [InlineData("\"..\"")]
    [InlineData("\".\"")]
    [InlineData("\"\"")]
    [InlineData("\"../admin\"")]
    [InlineData("\"a/./../b\"")]
    [InlineData("\"..\\\\admin\"")]
    public void A_path_argument_cannot_leave_its_place(string value) =>
        Build("/x/{color}/y", ArgumentPlace.Path, ParameterStyle.Simple, false, value).ShouldBeNull();

    [Fact]
    public void A_path_argument_may_hold_anything_else() =>
        Build("/x/{color}", ArgumentPlace.Path, ParameterStyle.Simple, false, "\"a/..b?c#d\"").ShouldBe("/x/a%2F..b%3Fc%23d");

    [Theory]
    [InlineData("/a b/ü/{color}#frag", "/a%20b/%C3%BC/blue")]
    [InlineData("/a?fixed=1&c={color}", "/a?fixed=1&c=blue")]
    public void The_paths_own_text_is_kept(string path, string expected) =>
        Build(path, ArgumentPlace.Path, ParameterStyle.Simple, false, Blue)!.ShouldBe(expected);

    [Fact]
    public void Any_text_arrives_as_it_was() => FsCheck.Check.QuickThrowOnFailure(Prop.ForAll<string, bool>((text, allowReserved) =>
    {
        var value = JsonSerializer.Serialize(text ?? "");
        var sent = JsonSerializer.Deserialize<string>(value)!;
        var url = Build("/x", ArgumentPlace.Query, ParameterStyle.Form, true, value, allowReserved)!;
        return QueryHelpers.ParseQuery(url[2..])["color"] == sent;
    }));

    [Fact]
    public void Any_list_arrives_as_it_was() => FsCheck.Check.QuickThrowOnFailure(Prop.ForAll<string[]>(texts =>
    {
        var value = JsonSerializer.Serialize(texts.Select(text => text ?? ""));
        var sent = JsonSerializer.Deserialize<string[]>(value)!;
        var url = Build("/x", ArgumentPlace.Query, ParameterStyle.Form, true, value)!;
        return (QueryHelpers.ParseQuery(url[2..]).GetValueOrDefault("color").ToArray() ?? []).SequenceEqual(sent);
    }));

    [Fact]
    public void Any_path_text_stays_one_segment() => FsCheck.Check.QuickThrowOnFailure(Prop.ForAll<string>(text =>
    {
        var value = JsonSerializer.Serialize(text ?? "");
        var sent = JsonSerializer.Deserialize<string>(value)!;
        var url = Build("/x/{color}/y", ArgumentPlace.Path, ParameterStyle.Simple, false, value);
        return sent is "" || sent.Split('/', '\\').Any(part => part is "." or "..")
            ? url is null
            : url!.Split('/').Length == 4 && Uri.UnescapeDataString(url.Split('/')[2]) == sent && !url.Contains('?') && !url.Contains('#');
    }));

    private static string? Build(string path, ArgumentPlace place, ParameterStyle style, bool explode, string value, bool allowReserved = false)
    {
        var plan = new CallPlan
        {
            Method = "GET",
            Path = path,
            Arguments = [new ArgumentPlan("color", "color", place, false, style, explode, allowReserved)],
        };
        using var json = JsonDocument.Parse($$"""{"color":{{value}}}""");
        var arguments = CallArguments.Check(plan, json.RootElement, out var fault);
        fault.ShouldBeNull();
        var target = RequestTarget.Build("http://a", arguments, null, out fault);
        (target is null).ShouldBe(fault is not null);
        return target?.OriginalString["http://a".Length..];
    }
}

using FsCheck.Fluent;
using McpConsole.Mcp.OpenApi.Mapping;

namespace McpConsole.Tests.OpenApi;

public sealed class ToolNamesTests
{
    [Theory]
    [InlineData("listPets", "listPets")]
    [InlineData("pets.list", "pets_list")]
    [InlineData("_private_", "_private_")]
    [InlineData("  spaced  out  ", "spaced_out")]
    [InlineData("größe", "gr_e")]
    public void A_name_stays_close_to_what_it_is_made_of(string wanted, string name) => new ToolNames().Take(wanted, "GET /x").ShouldBe(name);

    [Fact]
    public void Every_name_is_valid_and_unique() => FsCheck.Check.QuickThrowOnFailure(Prop.ForAll<string[]>(wanted =>
    {
        var names = new ToolNames();
        var taken = wanted.Select((name, index) => names.Take(name ?? "", $"GET /{index}")).ToList();
        return taken.TrueForAll(name => name.Length is > 0 and <= 64 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-'))
            && taken.Distinct().Count() == taken.Count;
    }));

    [Fact]
    public void A_name_does_not_depend_on_what_else_there_is() => FsCheck.Check.QuickThrowOnFailure(Prop.ForAll<string[]>(others =>
    {
        var names = new ToolNames();
        foreach (var other in others)
        {
            names.Take(other ?? "", "POST /other");
        }

        // Taken before, so each later one of the two is a clash.
        names.Take("clash", "GET /first");
        var longName = new string('x', 80);
        return names.Take("clash", "GET /a") == Fresh("clash", "GET /a", clash: true) && names.Take(longName, "GET /a") == Fresh(longName, "GET /a", clash: false);
    }));

    private static string Fresh(string wanted, string origin, bool clash)
    {
        var names = new ToolNames();
        if (clash)
        {
            names.Take(wanted, "GET /first");
        }

        return names.Take(wanted, origin);
    }
}

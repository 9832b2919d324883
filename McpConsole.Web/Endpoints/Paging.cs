using System.Collections.Immutable;
using System.ComponentModel;
using McpConsole.Domain.Results;

namespace McpConsole.Web.Endpoints;

/// <summary>One page of a list.</summary>
internal sealed record PageOf<T>(IReadOnlyList<T> Items, int Page, int Size, int Total);

/// <summary>Which page is asked for.</summary>
internal sealed record Paging(
    [property: Description("The page, from 1.")] int Page = 1,
    [property: Description("Items on a page, 1 to 500.")] int Size = 50)
{
    private const int MaximumSize = 500;

    public ImmutableArray<Error> Errors =>
    [
        .. Page < 1 ? [new Error("paging.page", ErrorKind.Invalid, "Pages are counted from 1.").At("page")] : Array.Empty<Error>(),
        .. Size is < 1 or > MaximumSize
            ? [new Error("paging.size", ErrorKind.Invalid, "A page has 1 to {0} items.", MaximumSize).At("size")]
            : Array.Empty<Error>(),
    ];

    public PageOf<TView> Cut<T, TView>(IReadOnlyCollection<T> all, Func<T, TView> view) =>
        new([.. all.Skip((int)Math.Min(int.MaxValue, (Page - 1L) * Size)).Take(Size).Select(view)], Page, Size, all.Count);
}

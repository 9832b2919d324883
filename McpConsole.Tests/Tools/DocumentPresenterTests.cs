using System.Collections.Immutable;
using McpConsole.Domain.Results;
using McpConsole.Domain.Servers;
using McpConsole.Domain.Tools;
using McpConsole.Web.Tools;
using NSubstitute;

namespace McpConsole.Tests.Tools;

public sealed class DocumentPresenterTests : IAsyncDisposable
{
    private readonly IDocumentInspector _inspector = Substitute.For<IDocumentInspector>();
    private readonly DocumentPresenter _document;

    public DocumentPresenterTests() => _document = new(_inspector);

    public ValueTask DisposeAsync() => _document.DisposeAsync();

    [Fact]
    public async Task Unticking_one_leaves_it_out_by_name()
    {
        await InspectAsync("a", "b", "c");
        _document.Want(_document.Preview!.Operations[1], wanted: false);
        (_document.Filter.Exclude, _document.Filter.Include.Length, _document.TotalTokens).ShouldSatisfyAllConditions(
            f => f.Exclude.ShouldBe(["b"]), f => f.Length.ShouldBe(0), f => f.TotalTokens.ShouldBe(20));
    }

    [Fact]
    public async Task Keeping_one_of_many_names_that_one()
    {
        await InspectAsync("a", "b", "c");
        _document.WantAll(_document.Preview!.Operations, wanted: false);
        _document.Want(_document.Preview.Operations[2], wanted: true);
        _document.Filter.Include.ShouldBe(["c"]);
    }

    [Fact]
    public async Task Patterns_stay_until_a_box_is_ticked()
    {
        _document.UseFilter(new(["tag:pets"], []));
        await InspectAsync("a", "b");
        _document.Filter.Include.ShouldBe(["tag:pets"]);
    }

    [Fact]
    public async Task A_fault_of_the_document_is_told()
    {
        _inspector.InspectAsync("bad", Arg.Any<OperationFilter>(), Arg.Any<CancellationToken>())
            .Returns(new Error("document.empty", ErrorKind.Invalid, "{0} is empty.", "bad"));
        await _document.InspectAsync("bad");
        _document.Errors.ShouldHaveSingleItem().Message.ShouldBe("bad is empty.");
        _document.Preview.ShouldBeNull();
    }

    [Fact]
    public async Task Cancelling_ends_the_inspection()
    {
        _inspector.InspectAsync("slow", Arg.Any<OperationFilter>(), Arg.Any<CancellationToken>())
            .Returns(call => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, call.Arg<CancellationToken>())
                .ContinueWith<Result<DocumentPreview>>(_ => throw new OperationCanceledException(), TaskScheduler.Default));
        var inspecting = _document.InspectAsync("slow");
        _document.IsInspecting.ShouldBeTrue();
        await _document.CancelAsync();
        await inspecting;
        _document.IsInspecting.ShouldBeFalse();
    }

    private Task InspectAsync(params string[] operations)
    {
        ImmutableArray<OperationPreview> previews = [.. operations.Select(id => new OperationPreview(id, "GET", $"/{id}", [], id, null, 10, true, null))];
        _inspector.InspectAsync("doc", Arg.Any<OperationFilter>(), Arg.Any<CancellationToken>())
            .Returns(new DocumentPreview("Pets", "1", "OpenAPI 3.1.0", "http://api", previews, 30, []));
        return _document.InspectAsync("doc");
    }
}

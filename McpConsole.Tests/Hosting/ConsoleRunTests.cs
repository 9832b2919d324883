using System.Net.Sockets;
using McpConsole.Web.Hosting;
using Microsoft.Extensions.Options;

namespace McpConsole.Tests.Hosting;

public sealed class ConsoleRunTests
{
    public static TheoryData<Exception, string> Mendable => new()
    {
        { new OptionsValidationException("x", typeof(object), ["PROCESS_TIMEOUT is wrong."]), "PROCESS_TIMEOUT is wrong." },
        { new InvalidDataException("Failed to load a.yaml.", new FormatException("Line 2.")), "Failed to load a.yaml. Line 2." },
        { new FormatException("Invalid url: 'foo'"), "Invalid url: 'foo'" },
        { new IOException("Address in use."), "Address in use." },
        { new UnauthorizedAccessException("Access denied."), "Access denied." },
        { new SocketException((int)SocketError.AddressNotAvailable), new SocketException((int)SocketError.AddressNotAvailable).Message },
    };

    [Theory]
    [MemberData(nameof(Mendable))]
    public void What_a_person_can_mend_is_told_in_one_line(Exception fault, string line) => ConsoleRun.Reason(fault).ShouldBe(line);

    [Fact]
    public void A_bug_keeps_its_stack_trace() => ConsoleRun.Reason(new InvalidOperationException("A bug.")).ShouldBeNull();
}

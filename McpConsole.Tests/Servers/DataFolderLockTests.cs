using McpConsole.Infrastructure;
using McpConsole.Infrastructure.Servers;

namespace McpConsole.Tests.Servers;

public sealed class DataFolderLockTests : IDisposable
{
    private readonly string _parent = Directory.CreateTempSubdirectory("mcpconsole-test-").FullName;

    public void Dispose() => Directory.Delete(_parent, recursive: true);

    [Fact]
    public void A_new_data_folder_is_for_its_owner_alone()
    {
        var data = DataFolder.At(Path.Combine(_parent, "data"));
        using var folder = new DataFolderLock(data);

        folder.TryTake().IsOk.ShouldBeTrue();

        File.GetUnixFileMode(data.Root).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}

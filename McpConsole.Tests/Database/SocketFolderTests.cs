using McpConsole.Infrastructure.Database;

namespace McpConsole.Tests.Database;

public sealed class SocketFolderTests
{
    // With «/.s.PGSQL.5432» a folder of 93 bytes makes a path of 107, the most that a socket's address holds.
    [Theory]
    [InlineData(93, true)]
    [InlineData(94, false)]
    public void The_socket_stands_in_the_cluster_as_long_as_its_path_fits(int length, bool fits)
    {
        var folder = "/" + new string('d', length - 1);
        (SocketFolder.For(folder, privileged: true) == folder).ShouldBe(fits);
    }

    [Theory]
    [InlineData("/srv/a,b/postgres")]
    [InlineData("/srv/ääääääääääääääääääääääääääääääääääääääääääääääääää/postgres")]
    public void A_comma_or_long_letters_need_another_folder_which_is_short_and_always_the_same(string folder)
    {
        var other = SocketFolder.For(folder, privileged: true);
        other.ShouldStartWith("/run/mcpconsole-");
        SocketFolder.For(folder, privileged: true).ShouldBe(other);
        SocketFolder.For(folder + "2", privileged: true).ShouldNotBe(other);
    }
}

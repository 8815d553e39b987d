using System.Text;
using RunbookOperator.Git;

namespace RunbookOperator.Operator.Tests;

public sealed class GitTreeTests
{
    private static readonly string Id = new('a', 40);

    [Fact]
    public void Regular_yaml_files_are_read_and_other_files_are_none_of_our_business()
    {
        var tree = Parse(Entry("100644", 12, "a.yaml"), Entry("100755", 7, "b/c d.yml"), Entry("100644", 3, "README.md"), Entry("120000", 3, "CLAUDE.md"));

        Assert.Equal([new GitFile("a.yaml", Id), new GitFile("b/c d.yml", Id)], tree.Files);
        Assert.Empty(tree.Problems);
        Assert.Equal(4, tree.Entries);
    }

    [Theory]
    [InlineData("120000", "a.yaml", "symbolic link")]
    [InlineData("120000", "folder", "symbolic link")]
    [InlineData("160000", "module", "submodule")]
    [InlineData("100664", "a.yaml", "mode 100664")]
    [InlineData("100644", "../a.yaml", "leads out")]
    [InlineData("100644", "a/../../etc/passwd", "leads out")]
    [InlineData("100644", "./a.yaml", "leads out")]
    [InlineData("100644", ".git/config", "leads out")]
    [InlineData("100644", "a/.GIT/hooks/post-checkout", "leads out")]
    [InlineData("100644", "/etc/passwd", "not a path inside")]
    [InlineData("100644", "a\\b.yaml", "not a path inside")]
    [InlineData("100644", "a\nb.yaml", "control character")]
    [InlineData("100644", "a\rb.yaml", "control character")]
    [InlineData("100644", "a\u001b[2Jb.yaml", "control character")]
    [InlineData("100644", "a\u202elmay.yaml", "control character")]
    public void A_hostile_entry_is_a_problem_and_the_rest_is_read(string mode, string path, string message)
    {
        var tree = Parse(Entry("100644", 1, "before.yaml"), Entry(mode, 5, path), Entry("100644", 1, "behind.yaml"));

        Assert.Equal(["before.yaml", "behind.yaml"], tree.Files.Select(file => file.Path));
        var problem = Assert.Single(tree.Problems);
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(problem.Path, char.IsControl);
    }

    [Fact]
    public void A_name_that_is_not_utf8_is_shown_with_its_bytes()
    {
        var entry = Encoding.Latin1.GetBytes($"100644 blob {Id}       5\ta\u00ff.yaml\0");

        var problem = Assert.Single(GitTree.Parse(entry).Problems);

        Assert.Equal("a\\xff.yaml", problem.Path);
        Assert.Equal("The name is not UTF-8.", problem.Message);
    }

    [Fact]
    public void A_file_is_read_up_to_its_limit()
    {
        var tree = Parse(Entry("100644", GitLimits.FileBytes, "a.yaml"), Entry("100644", GitLimits.FileBytes + 1, "b.yaml"), Entry("100644", 1 << 30, "c.bin"));

        Assert.Equal("a.yaml", Assert.Single(tree.Files).Path);
        Assert.Contains("262145 bytes", Assert.Single(tree.Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_is_read_up_to_its_limit()
    {
        var longest = new string('a', GitLimits.PathBytes - 5) + ".yaml";

        Assert.Single(Parse(Entry("100644", 1, longest)).Files);
        var problem = Assert.Single(Parse(Entry("100644", 1, "a" + longest)).Problems);
        Assert.InRange(problem.Path.Length, 1, 203);
    }

    [Fact]
    public void Too_many_files_or_bytes_end_the_read()
    {
        var files = Enumerable.Range(0, GitLimits.Files).Select(i => Entry("100644", 1, $"{i}.yaml")).ToArray();
        Assert.Equal(GitLimits.Files, Parse(files).Files.Count);
        Assert.Equal(GitFailure.TooLarge, Assert.Throws<GitException>(() => Parse([.. files, Entry("100644", 1, "more.yaml")])).Failure);

        var large = Enumerable.Range(0, 257).Select(i => Entry("100644", GitLimits.FileBytes, $"{i}.yaml")).ToArray();
        Assert.Equal(256, Parse(large[..256]).Files.Count);
        Assert.Equal(GitFailure.TooLarge, Assert.Throws<GitException>(() => Parse(large)).Failure);
    }

    private static GitTree Parse(params string[] entries) => GitTree.Parse(Encoding.UTF8.GetBytes(string.Concat(entries)));

    private static string Entry(string mode, int size, string path) =>
        mode == "160000" ? $"{mode} commit {Id}       -\t{path}\0" : $"{mode} blob {Id} {size,7}\t{path}\0";
}

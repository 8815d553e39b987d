using RunbookOperator.Api;
using RunbookOperator.Git;

namespace RunbookOperator.Operator.Tests;

public sealed class GitNamesTests
{
    [Theory]
    [InlineData("main")]
    [InlineData("release/1.2")]
    [InlineData("runbooks/payment-latency")]
    [InlineData("v1.0.0-rc.1")]
    [InlineData("größe")]
    public void A_name_that_git_allows_is_a_reference(string name) => Assert.True(GitNames.IsReference(name));

    [Theory]
    [InlineData("-u")]
    [InlineData("--upload-pack=x")]
    [InlineData("a..b")]
    [InlineData("a b")]
    [InlineData("a\nb")]
    [InlineData("a\0b")]
    [InlineData("a~1")]
    [InlineData("a^{}")]
    [InlineData("a:b")]
    [InlineData("a?")]
    [InlineData("a*")]
    [InlineData("a[b]")]
    [InlineData("a\\b")]
    [InlineData("/a")]
    [InlineData("a/")]
    [InlineData("a//b")]
    [InlineData(".a")]
    [InlineData("a/.b")]
    [InlineData("a.")]
    [InlineData("a.lock")]
    [InlineData("a.lock/b")]
    [InlineData("@")]
    [InlineData("a@{1}")]
    [InlineData("")]
    [InlineData(null)]
    public void A_name_that_git_would_read_otherwise_is_none(string? name) => Assert.False(GitNames.IsReference(name));

    [Theory]
    [InlineData(null, "")]
    [InlineData("./", "")]
    [InlineData(".", "")]
    [InlineData("runbooks", "runbooks")]
    [InlineData("./team/runbooks/", "team/runbooks")]
    [InlineData("a//b", "a/b")]
    [InlineData("/etc", null)]
    [InlineData("../x", null)]
    [InlineData("a/../../x", null)]
    [InlineData("-a", null)]
    [InlineData("a/--b", null)]
    [InlineData("a\\b", null)]
    [InlineData("a\nb", null)]
    [InlineData("a\0b", null)]
    public void A_folder_stays_in_its_repository(string? path, string? folder) => Assert.Equal(folder, GitNames.ReadFolder(path));

    [Fact]
    public void A_target_is_a_tag_a_commit_or_a_branch_and_main_by_default()
    {
        var commit = new string('a', 40);

        Assert.Equal(new GitTarget("main", "refs/heads/main"), GitTarget.Read(null));
        Assert.Equal(new GitTarget("next", "refs/heads/next"), GitTarget.Read(new GitReference { Branch = "next" }));
        Assert.Equal(new GitTarget("v1", "refs/tags/v1"), GitTarget.Read(new GitReference { Tag = "v1" }));
        Assert.Equal(new GitTarget("", commit), GitTarget.Read(new GitReference { Commit = commit }));
        Assert.Null(GitTarget.Read(new GitReference { Commit = "HEAD" }));
        Assert.Null(GitTarget.Read(new GitReference { Branch = "--upload-pack=x" }));
        Assert.Null(GitTarget.Read(new GitReference { Tag = "a..b" }));
        Assert.Equal($"main@sha1:{commit}", GitTarget.Branch("main").Revision(commit));
        Assert.Equal($"sha1:{commit}", new GitTarget("", commit).Revision(commit));
    }
}

using RunbookOperator.Git;

namespace RunbookOperator.Operator.Tests;

public sealed class GitFailureReaderTests
{
    [Theory]
    [InlineData("fatal: Authentication failed for 'https://git.example.com/r.git/'", nameof(GitFailure.Authentication))]
    [InlineData("fatal: could not read Username for 'https://git.example.com': terminal prompts disabled", nameof(GitFailure.Authentication))]
    [InlineData("fatal: unable to access 'https://git.example.com/r.git/': The requested URL returned error: 403", nameof(GitFailure.Authentication))]
    [InlineData("git@git.example.com: Permission denied (publickey).\nfatal: Could not read from remote repository.", nameof(GitFailure.Authentication))]
    [InlineData("fatal: repository 'https://git.example.com/r.git/' not found", nameof(GitFailure.NotFound))]
    [InlineData("fatal: couldn't find remote ref refs/heads/main", nameof(GitFailure.NotFound))]
    [InlineData("fatal: unable to access 'https://git.example.com/r.git/': Could not resolve host: git.example.com", nameof(GitFailure.Network))]
    [InlineData("fatal: unable to access 'https://x/r.git/': server certificate verification failed.", nameof(GitFailure.Network))]
    [InlineData("error: RPC failed; curl 56\nfatal: early EOF", nameof(GitFailure.Network))]
    [InlineData(" ! [rejected]  abc -> runbooks/x (stale info)\nerror: failed to push some refs to 'https://x/r.git'", nameof(GitFailure.Rejected))]
    [InlineData("fatal: bad object HEAD", nameof(GitFailure.Other))]
    [InlineData("", nameof(GitFailure.Other))]
    public void What_git_says_is_classified(string error, string failure) =>
        Assert.Equal(failure, GitFailureReader.Read("fetch", 128, error).Failure.ToString());

    [Fact]
    public void What_the_server_says_does_not_count()
    {
        var exception = GitFailureReader.Read("fetch", 128, "remote: Authentication failed\nremote: fatal: not found\nfatal: bad object\u001b[2J HEAD");

        Assert.Equal(GitFailure.Other, exception.Failure);
        Assert.Equal("git fetch: fatal: bad object?[2J HEAD", exception.Message);
    }

    [Fact]
    public void A_failure_without_words_names_its_exit_code() =>
        Assert.Equal("git fetch: ended with exit code 1", GitFailureReader.Read("fetch", 1, "").Message);

    [Fact]
    public void Secrets_are_taken_out_of_messages() =>
        Assert.Equal("a *** b *** c", GitFailureReader.Redact("a hunter2 b hunter2 c", ["hunter2", ""]));
}

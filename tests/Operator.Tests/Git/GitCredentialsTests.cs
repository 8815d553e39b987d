using System.Text;
using RunbookOperator.Git;
using RunbookOperator.Kubernetes;
using RunbookOperator.TestKit;

namespace RunbookOperator.Operator.Tests;

public sealed class GitCredentialsTests
{
    [Fact]
    public void A_password_becomes_a_basic_header()
    {
        var credentials = GitCredentials.Read(Secret(("username", "riley"), ("password", "hunter2\n")), out var problem);

        Assert.Equal("", problem);
        Assert.Equal("Authorization: Basic cmlsZXk6aHVudGVyMg==", credentials.Header);
        Assert.Contains("hunter2", credentials.Secrets);
        Assert.Contains("cmlsZXk6aHVudGVyMg==", credentials.Secrets);
    }

    [Fact]
    public void A_token_becomes_a_bearer_header() =>
        Assert.Equal("Authorization: Bearer abc", GitCredentials.Read(Secret(("bearerToken", "abc\n")), out _).Header);

    [Theory]
    [InlineData("username", "riley", "password", "", "no password")]
    [InlineData("username", "a:b", "password", "hunter2", "colon")]
    [InlineData("bearerToken", "abc", "password", "hunter2", "give one")]
    [InlineData("bearerToken", "abc\r\nX-Evil: hunter2", "", "", "header")]
    public void A_secret_that_cannot_be_meant_is_refused_without_its_values(string key, string value, string key2, string value2, string message)
    {
        GitCredentials.Read(Secret((key, value), (key2, value2)), out var problem);

        Assert.Contains(message, problem, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void An_ssh_address_needs_a_key_and_host_keys()
    {
        using var folder = new TemporaryFolder();
        var url = GitUrl.Read("ssh://git@git.example.com/r.git", allowLocal: false, out _)!;
        var half = GitCredentials.Read(Secret(("identity", "key")), out _);
        var whole = GitCredentials.Read(Secret(("identity", "key"), ("known_hosts", "hosts")), out _);

        Assert.Equal(GitFailure.Authentication, Assert.Throws<GitException>(() => new GitAccess(folder.Path, url, half)).Failure);
        using (new GitAccess(folder.Path, url, whole))
        {
            Assert.Equal("key", File.ReadAllText(folder.File("identity")));
            Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(folder.File("identity")) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
        }

        Assert.Empty(Directory.EnumerateFiles(folder.Path));
    }

    private static Secret Secret(params (string Key, string Value)[] data) =>
        new() { Data = data.Where(pair => pair.Key.Length > 0).ToDictionary(pair => pair.Key, pair => Encoding.UTF8.GetBytes(pair.Value)) };
}

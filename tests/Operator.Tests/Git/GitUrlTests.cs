using RunbookOperator.Git;

namespace RunbookOperator.Operator.Tests;

public sealed class GitUrlTests
{
    [Theory]
    [InlineData("https://git.example.com/team/runbooks.git", "https")]
    [InlineData("https://git.example.com:8443/team/runbooks", "https")]
    [InlineData("https://git.example.com/~riley/run%20books.git", "https")]
    [InlineData("https://[2001:db8::1]:443/r.git", "https")]
    [InlineData("ssh://git@git.example.com:2222/team/runbooks.git", "ssh")]
    [InlineData("ssh://git.example.com/team/runbooks.git", "ssh")]
    public void An_address_on_the_network_is_read(string text, string scheme)
    {
        var url = GitUrl.Read(text, allowLocal: false, out var problem);

        Assert.Equal("", problem);
        Assert.Equal((text, scheme), (url!.Text, url.Scheme));
    }

    [Theory]
    [InlineData("-u")]
    [InlineData("--upload-pack=touch /tmp/x")]
    [InlineData("--upload-pack=touch${IFS}/tmp/x")]
    [InlineData("ext::sh -c touch% /tmp/x")]
    [InlineData("ext::sh")]
    [InlineData("fd::17")]
    [InlineData("git://git.example.com/r.git")]
    [InlineData("ftp://git.example.com/r.git")]
    [InlineData("HTTPS://git.example.com/r.git")]
    [InlineData("git@git.example.com:r.git")]
    [InlineData("/srv/git/r.git")]
    [InlineData("../r.git")]
    [InlineData("ssh://-oProxyCommand=touch,x/r.git")]
    [InlineData("ssh://-oProxyCommand=x@git.example.com/r.git")]
    [InlineData("ssh://git@-oProxyCommand=x/r.git")]
    [InlineData("ssh://git:secret@git.example.com/r.git")]
    [InlineData("ssh://@git.example.com/r.git")]
    [InlineData("ssh://git.example.com/-oProxyCommand=x")]
    [InlineData("https://user:secret@git.example.com/r.git")]
    [InlineData("https://token@git.example.com/r.git")]
    [InlineData("https://git.example.com/r.git\nhttps://evil.example.com")]
    [InlineData("https://git.example.com/r.git\r")]
    [InlineData("https://git.example.com/%0ahost=evil.example.com/r.git")]
    [InlineData("https://git.example.com/%0D/r.git")]
    [InlineData("https://git.example.com/%2e%2e/r.git")]
    [InlineData("https://git.example.com/%2fetc")]
    [InlineData("https://git.example.com/%/r.git")]
    [InlineData("https://git.example.com/%zz/r.git")]
    [InlineData("https://git.example.com/a/../../r.git")]
    [InlineData("https://git.example.com/r.git?token=secret")]
    [InlineData("https://git.example.com/r.git#main")]
    [InlineData("https://git.example.com\\@evil.example.com/r.git")]
    [InlineData("https://git.example.com/ r.git")]
    [InlineData("https://git.exämple.com/r.git")]
    [InlineData("https://git.example.com")]
    [InlineData("https://git.example.com/")]
    [InlineData("https:///r.git")]
    [InlineData("https://:443/r.git")]
    [InlineData("https://git.example.com:/r.git")]
    [InlineData("https://git.example.com:0/r.git")]
    [InlineData("https://git.example.com:70000/r.git")]
    [InlineData("https://git.example.com:+1/r.git")]
    [InlineData("https://[::1/r.git")]
    [InlineData("file://host/r.git")]
    [InlineData("http://git.example.com/r.git")]
    [InlineData("")]
    [InlineData(null)]
    public void An_address_that_could_mean_something_else_is_refused_even_where_local_ones_are_allowed(string? text)
    {
        Assert.Null(GitUrl.Read(text, allowLocal: true, out var problem));
        Assert.NotEqual("", problem);
        Assert.DoesNotContain("secret", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("file:///srv/git/r.git")]
    [InlineData("http://127.0.0.1:8080/r.git")]
    [InlineData("https://localhost/r.git")]
    [InlineData("https://LOCALHOST./r.git")]
    [InlineData("https://git.localhost/r.git")]
    [InlineData("https://127.1/r.git")]
    [InlineData("https://2130706433/r.git")]
    [InlineData("https://0x7f000001/r.git")]
    [InlineData("https://0.0.0.0/r.git")]
    [InlineData("https://[::1]/r.git")]
    [InlineData("https://[::ffff:127.0.0.1]/r.git")]
    [InlineData("https://[::]/r.git")]
    [InlineData("https://[fe80::1]/r.git")]
    [InlineData("https://169.254.169.254/latest/meta-data")]
    [InlineData("ssh://git@127.0.0.1/r.git")]
    public void An_address_of_this_machine_is_allowed_only_where_local_ones_are(string text)
    {
        Assert.Null(GitUrl.Read(text, allowLocal: false, out var problem));
        Assert.NotEqual("", problem);
        Assert.NotNull(GitUrl.Read(text, allowLocal: true, out _));
    }

    [Fact]
    public void An_address_longer_than_the_limit_is_refused()
    {
        var longest = "https://git.example.com/" + new string('a', 1024 - 24);

        Assert.NotNull(GitUrl.Read(longest, allowLocal: false, out _));
        Assert.Null(GitUrl.Read(longest + "a", allowLocal: false, out _));
    }
}

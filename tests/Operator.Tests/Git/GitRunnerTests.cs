using System.Diagnostics;
using System.Text;
using RunbookOperator.Git;
using RunbookOperator.Kubernetes;
using RunbookOperator.TestKit;

namespace RunbookOperator.Operator.Tests;

public sealed class GitRunnerTests : IDisposable
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Credentials_are_in_the_environment_and_never_among_the_arguments()
    {
        var secret = new Secret { Data = new() { ["username"] = "riley"u8.ToArray(), ["password"] = "hunter2"u8.ToArray(), ["ca.crt"] = "PEM"u8.ToArray() } };
        var credentials = GitCredentials.Read(secret, out _);
        var url = GitUrl.Read("https://git.example.com/r.git", allowLocal: false, out _)!;
        using var access = new GitAccess(_folder.Path, url, credentials);

        var printed = await RunAsync("printf '%s\\n' \"$@\"; echo ---; env; echo ---; cat \"$GIT_SSL_CAINFO\"", Command("ls-remote") with { Access = access });

        var parts = printed.Split("---\n");
        Assert.Contains("--config-env=http.extraHeader=RUNBOOKS_GIT_HEADER", parts[0], StringComparison.Ordinal);
        Assert.DoesNotContain("cmlsZXk6aHVudGVyMg==", parts[0], StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", parts[0], StringComparison.Ordinal);
        Assert.Contains("RUNBOOKS_GIT_HEADER=Authorization: Basic cmlsZXk6aHVudGVyMg==", parts[1], StringComparison.Ordinal);
        Assert.Equal("PEM", parts[2]);
    }

    [Fact]
    public async Task The_environment_is_made_from_nothing()
    {
        var printed = await RunAsync("env", Command("status"));

        var names = printed.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('=')[0]).ToHashSet();
        Assert.Subset(
            new HashSet<string>
            {
                "PATH", "HOME", "XDG_CONFIG_HOME", "LC_ALL", "TZ", "GIT_CONFIG_NOSYSTEM", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_GLOBAL", "GIT_ATTR_NOSYSTEM",
                "GIT_TERMINAL_PROMPT", "GIT_ALLOW_PROTOCOL", "GIT_LITERAL_PATHSPECS", "GIT_NO_REPLACE_OBJECTS", "https_proxy", "HTTPS_PROXY", "http_proxy",
                "HTTP_PROXY", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR", "PWD", "SHLVL", "_", "OLDPWD",
            },
            names);
        Assert.Contains($"HOME={_folder.Path}\n", printed, StringComparison.Ordinal);
        Assert.Contains("GIT_ALLOW_PROTOCOL=https:ssh\n", printed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_tells_what_git_said_without_credentials()
    {
        var credentials = GitCredentials.Read(new Secret { Data = new() { ["bearerToken"] = "hunter2"u8.ToArray() } }, out _);
        using var access = new GitAccess(_folder.Path, GitUrl.Read("https://git.example.com/r.git", allowLocal: false, out _)!, credentials);

        var exception = await Assert.ThrowsAsync<GitException>(
            () => RunAsync("echo 'fatal: Authentication failed: hunter2' >&2; exit 128", Command("fetch") with { Access = access }));

        Assert.Equal("git fetch: fatal: Authentication failed: ***", exception.Message);
        Assert.Equal(GitFailure.Authentication, exception.Failure);
    }

    [Fact]
    public async Task A_command_that_takes_too_long_is_killed_with_its_children()
    {
        var pids = _folder.File("pids");
        var script = $"sleep 600 & echo $! >{pids}; echo $$ >>{pids}; wait";

        var exception = await Assert.ThrowsAsync<GitException>(() => RunAsync(script, Command("fetch") with { Timeout = TimeSpan.FromSeconds(1) }));

        Assert.Equal(GitFailure.Timeout, exception.Failure);
        Assert.True(exception.IsTransient);
        var ids = File.ReadAllLines(pids);
        Assert.Equal(2, ids.Length);
        Assert.All(ids, id => Assert.False(IsRunning(int.Parse(id))));
    }

    [Fact]
    public async Task A_command_that_prints_too_much_is_ended()
    {
        var exception = await Assert.ThrowsAsync<GitException>(() => RunAsync("yes", Command("ls-tree") with { MaximumOutput = 1000 }));

        Assert.Equal(GitFailure.TooLarge, exception.Failure);
    }

    [Fact]
    public async Task A_command_that_complains_without_end_is_drained()
    {
        var exception = await Assert.ThrowsAsync<GitException>(
            () => RunAsync("head -c 10000000 /dev/zero | tr '\\0' x >&2; printf '\\nfatal: enough\\n' >&2; exit 1", Command("fetch")));

        Assert.Equal("git fetch: fatal: enough", exception.Message);
    }

    [Fact]
    public async Task A_program_that_is_not_there_is_a_failure()
    {
        var runner = new GitRunner(new GitOptions { CacheFolder = _folder.Path, Program = _folder.File("none") }, TimeProvider.System);

        var exception = await Assert.ThrowsAsync<GitException>(() => runner.RunAsync(Command("fetch"), CancellationToken.None));

        Assert.Equal(GitFailure.Other, exception.Failure);
    }

    [Fact]
    public async Task Protocols_that_run_programs_are_refused_by_git_itself()
    {
        var runner = new GitRunner(new GitOptions { CacheFolder = _folder.Path }, TimeProvider.System);

        var exception = await Assert.ThrowsAsync<GitException>(() => runner.RunAsync(
            Command("ls-remote") with { Arguments = ["ls-remote", "--", $"ext::sh -c touch% {_folder.File("touched")}"] }, CancellationToken.None));

        Assert.Contains("transport 'ext' not allowed", exception.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.File("touched")));
    }

    private GitCommand Command(string name) => new([name]) { Folder = _folder.Path, Timeout = Long };

    private async Task<string> RunAsync(string script, GitCommand command)
    {
        var program = _folder.File("program");
        await File.WriteAllTextAsync(program, "#!/bin/sh\n" + script);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        var runner = new GitRunner(new GitOptions { CacheFolder = _folder.Path, Program = program }, TimeProvider.System);
        return Encoding.UTF8.GetString(await runner.RunAsync(command, CancellationToken.None));
    }

    // A process that was killed may stay as a zombie until its parent has looked.
    private static bool IsRunning(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return !process.HasExited && !File.ReadAllText($"/proc/{id}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (Exception exception) when (exception is ArgumentException or IOException)
        {
            return false;
        }
    }
}

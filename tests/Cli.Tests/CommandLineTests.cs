using RunbookOperator.Cli.Cluster;

namespace RunbookOperator.Cli.Tests;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("/usr/local/bin/kubectl-runbook", "kubectl runbook")]
    [InlineData("kubectl-runbook.exe", "kubectl runbook")]
    [InlineData("C:\\bin\\kubectl-runbook.exe", "kubectl runbook")]
    [InlineData("/usr/local/bin/runbook", "runbook")]
    [InlineData("/home/kubectl-user/runbook", "runbook")]
    [InlineData("", "runbook")]
    public void The_program_is_called_what_people_typed(string argument, string expected) => Assert.Equal(expected, CliHost.ProgramNameOf(argument));

    [Fact]
    public async Task As_a_plugin_it_says_so_in_its_usage()
    {
        var host = new TestHost { ProgramName = "kubectl runbook" };
        Assert.Equal(0, await host.RunAsync("approve", "--help"));
        Assert.Contains("kubectl runbook approve <RUN> [<STEP>]", host.Out, StringComparison.Ordinal);
        Assert.Empty(host.Error);
    }

    [Fact]
    public async Task Without_a_verb_it_shows_its_help()
    {
        var host = new TestHost();
        Assert.Equal(0, await host.RunAsync());
        Assert.Contains("follow <RUN>", host.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "unknown verb 'aprove'; did you mean approve?", "aprove", "x")]
    [InlineData(1, "Required argument 'RUN' missing", "follow")]
    [InlineData(1, "-o takes one of json, yaml, name, wide, not 'xml'", "follow", "x", "-o", "xml")]
    [InlineData(1, "follow does not print -o yaml", "follow", "x", "-o", "yaml")]
    [InlineData(1, "--mode takes one of ReadAlong, Copilot, Autopilot, not 'fast'", "start", "x", "--mode", "fast")]
    [InlineData(1, "-p takes name=value, not 'a'", "start", "x", "-p", "a")]
    [InlineData(1, "a note needs words", "note", "x", " ")]
    [InlineData(1, "unknown flag '--confirm'", "skip", "x", "--confirm", "y")]
    [InlineData(1, "Required argument 'RUN' missing", "resume")]
    [InlineData(1, "Unrecognized command or argument '--all'", "abort", "x", "--all")]
    [InlineData(1, "--all pauses every run of every namespace: give it alone, or leave it out", "pause", "x", "--all")]
    [InlineData(1, "--all pauses every run of every namespace: give it alone, or leave it out", "pause", "--all", "-n", "shop")]
    [InlineData(1, "--timeout takes a duration such as 30s, 10m or 1h30m of at most 30 days, not '10'", "wait", "x", "--timeout", "10")]
    [InlineData(1, "not 'waitingforapprova'; did you mean WaitingForApproval?", "list", "--phase", "waitingforapprova")]
    [InlineData(1, "'Riley R' cannot be an assignee", "assign", "x", "Riley R")]
    [InlineData(1, "give one of COMMAND (in quotes), -f FILE or --jsonl", "classify", "ls", "--jsonl")]
    [InlineData(2, "unknown flag '--bogus'", "validate", ".", "--bogus")]
    public async Task Wrong_arguments_are_one_error_on_standard_error(int code, string message, params string[] arguments)
    {
        var host = new TestHost();
        Assert.Equal(code, await host.RunAsync(arguments));
        Assert.StartsWith("error: ", host.Error, StringComparison.Ordinal);
        Assert.Contains(message, host.Error, StringComparison.Ordinal);
        Assert.Empty(host.Out);
    }

    [Fact]
    public async Task Flags_about_the_cluster_are_taken_as_kubectl_takes_them()
    {
        ConnectionOptions? seen = null;
        var host = new TestHost
        {
            Connect = options =>
            {
                seen = options;
                throw new CliException("stop");
            },
        };
        Assert.Equal(1, await host.RunAsync(
            "-npayments", "follow", "x", "--context", "prod", "--kubeconfig=/k", "--as", "u", "--as-group", "g", "--as-group", "h"));
        Assert.Equal(("payments", "prod", "/k", "u"), (seen!.Namespace, seen.Context, seen.Kubeconfig, seen.As));
        Assert.Equal(["g", "h"], seen.AsGroups);
        Assert.Equal("error: stop\n", host.Error);
    }

    [Fact]
    public async Task A_word_that_begins_with_an_at_sign_is_a_word()
    {
        var host = new TestHost();
        Assert.Equal(0, await host.RunAsync("classify", "@/etc/passwd"));
        Assert.StartsWith("dangerous\n", host.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Errors_obey_no_escape_sequence()
    {
        var host = new TestHost();
        Assert.Equal(1, await host.RunAsync("\u001b[2J"));
        Assert.DoesNotContain('\u001b', host.Error);
    }
}

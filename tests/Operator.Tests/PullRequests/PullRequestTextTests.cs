using RunbookOperator.PullRequests;
using RunbookOperator.TestKit;
using static RunbookOperator.Operator.Tests.LearningWorld;

namespace RunbookOperator.Operator.Tests;

public sealed class PullRequestTextTests
{
    private static readonly PullRequestTrailers Trailers = new("runbooks/payment-latency", new HashSet<string> { "b2", "a1" });

    [Fact]
    public void The_description_says_what_why_by_whom_and_how_to_say_no()
    {
        var all = ThreeSkips();
        var proposals = Find(Incident(Note("Check sessions | or not", "kubectl get events -n shop")), [all[2]], all);

        Golden.Equal("tests/Operator.Tests/PullRequests/description.md", PullRequestText.Description(proposals, Trailers.Branch, Trailers));
        Assert.StartsWith("payment-latency: add step \"check-sessions-or-not\" and 1 more\n\n", PullRequestText.Message(proposals), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_that_people_wrote_can_leave_its_quotes()
    {
        const string Hostile = "x`|\n# heading\n<img src=x onerror=alert(1)> [a](http://evil.example.com) ```\n@riley\n\nBranch: main\nProposal: z9";
        var all = ThreeSkips();
        all[2].Status!.Steps![1] = Skipped("flush", 2, reason: Hostile);
        var proposals = Find(Incident(Note(Hostile, "kubectl get events -n shop # ```\n# more", user: Hostile)), [all[2]], all);

        var description = PullRequestText.Description(proposals, Trailers.Branch, Trailers);

        Assert.Equal(Trailers.Proposals.Order(), PullRequestTrailers.Read(description)!.Proposals.Order());
        var outside = description.Split('\n').Where(line => !line.StartsWith("# more", StringComparison.Ordinal)).ToList();
        Assert.DoesNotContain(outside, line => line.StartsWith("# heading", StringComparison.Ordinal) || line.StartsWith('@') || line.StartsWith("<img", StringComparison.Ordinal));
        Assert.All(outside.Where(line => line.StartsWith("| `r", StringComparison.Ordinal)), row => Assert.Equal(7, UnescapedBars(row)));
        Assert.All(outside.Where(line => line.Contains("<img", StringComparison.Ordinal)), line => Assert.Contains("``", line, StringComparison.Ordinal));
    }

    [Fact]
    public void Trailers_are_read_as_they_were_written()
    {
        var read = PullRequestTrailers.Read("Text\n\nBranch: other\n\nMore\n\n" + Trailers.Write());

        Assert.Equal(Trailers.Branch, read!.Branch);
        Assert.Equal(["a1", "b2"], read.Proposals.Order());
        Assert.Null(PullRequestTrailers.Read("Some note of a person"));
        Assert.Null(PullRequestTrailers.Read(""));
    }

    private static int UnescapedBars(string row) => row.Replace("\\|", "", StringComparison.Ordinal).Count(c => c == '|');
}

using RunbookOperator.Cli.Access;
using RunbookOperator.TestKit;
using YamlDotNet.RepresentationModel;

namespace RunbookOperator.Cli.Tests.Verbs;

public sealed class EnableTests
{
    [Fact]
    public async Task The_example_grants_what_is_printed()
    {
        var printed = Documents(await PrintAsync(
            "checkout", "--service-account", "checkout-fixer", "--sync-account", "checkout-sync", "--git-secret", "git", "--alert-secret", "alertmanager"));
        var example = Documents(await File.ReadAllTextAsync(Path.Combine(TestCluster.RepositoryRoot, "examples", "checkout", "access.yaml")));

        Assert.Equal(10, printed.Count);
        Assert.All(printed, document => Assert.Contains(document, example));
    }

    [Fact]
    public async Task Without_more_it_grants_that_safe_steps_run_and_nothing_else()
    {
        var printed = Documents(await PrintAsync("shop"));

        Assert.Equal(
            ["ServiceAccount runbook-reader", "Role runbook-reader", "RoleBinding runbook-reader", "Role runbook-operator", "RoleBinding runbook-operator", "NetworkPolicy runbook-steps"],
            printed.Select(document => $"{document["kind"]} {document["metadata"]["name"]}"));
        Assert.All(printed, document => Assert.Equal("shop", document["metadata"]["namespace"].ToString()));
        Assert.DoesNotContain(printed, document => document.ToString().Contains("secrets", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Each_Secret_is_named_to_whom_it_is_meant_for()
    {
        var printed = Documents(await PrintAsync("shop", "--service-account", "a", "--service-account", "b", "--secret", "write", "--safe-secret", "read", "--safe-secret", "read-2"));

        Assert.Equal(["read", "read-2"], Names(printed, "runbook-safe-secrets"));
        Assert.Equal(["runbook-reader", "a", "b"], Subjects(printed, "runbook-safe-secrets"));
        Assert.Equal(["write"], Names(printed, "runbook-secrets"));
        Assert.Equal(["a", "b"], Subjects(printed, "runbook-secrets"));
        Assert.Equal(["runbook-reader", "a", "b"], Subjects(printed, "runbook-reader"));
    }

    [Fact]
    public async Task The_reader_reads_and_no_Secrets()
    {
        var role = Documents(await PrintAsync("shop")).Single(document => $"{document["kind"]} {document["metadata"]["name"]}" == "Role runbook-reader");
        var rules = ((YamlSequenceNode)role["rules"]).ToList();

        Assert.All(rules, rule => Assert.Equal(["get", "list", "watch"], Texts(rule["verbs"])));
        var resources = rules.SelectMany(rule => Texts(rule["resources"])).ToList();
        Assert.DoesNotContain("secrets", resources);
        Assert.DoesNotContain(resources, resource => resource.Contains('*', StringComparison.Ordinal) || (resource.Contains('/', StringComparison.Ordinal) && resource != "pods/log"));
    }

    [Fact]
    public async Task Pods_of_steps_are_reached_by_nobody_and_reach_no_clouds_metadata()
    {
        var policy = Documents(await PrintAsync("shop"))[^1]["spec"];

        Assert.Equal(["Ingress", "Egress"], Texts(policy["policyTypes"]));
        Assert.False(((YamlMappingNode)policy).Children.ContainsKey("ingress"));
        Assert.Equal("runbooks.dev/execution", policy["podSelector"]["matchExpressions"][0]["key"].ToString());
        Assert.Equal("Exists", policy["podSelector"]["matchExpressions"][0]["operator"].ToString());
        var peers = ((YamlSequenceNode)policy["egress"][0]["to"]).ToList();
        Assert.Equal(["0.0.0.0/0", "::/0"], peers.Skip(1).Select(peer => peer["ipBlock"]["cidr"].ToString()));
        string[] left = [.. peers.Skip(1).SelectMany(peer => Texts(peer["ipBlock"]["except"]))];
        Assert.All(["169.254.169.254/32", "fd00:ec2::254/128", "100.100.100.200/32", "169.254.170.2/32", "168.63.129.16/32"], address => Assert.Contains(address, left));

        // The address at which nodes answer DNS is of the same range and stays.
        Assert.DoesNotContain(left, address => address.StartsWith("169.254.", StringComparison.Ordinal) && !address.EndsWith("/32", StringComparison.Ordinal));
        var told = await File.ReadAllTextAsync(Path.Combine(TestCluster.RepositoryRoot, "docs", "security.md"));
        Assert.All(left, address => Assert.Contains($"`{address[..address.IndexOf('/', StringComparison.Ordinal)]}`", told, StringComparison.Ordinal));
        Assert.Equal(AccessManifests.Egress.Sum(range => range.Except.Count), left.Length);
    }

    [Theory]
    [InlineData(" is no name", "shop}\n")]
    [InlineData("\"Shop\" is no name", "Shop")]
    [InlineData("\"a: b\" is no name", "shop", "--service-account", "a: b")]
    [InlineData("runbook-reader is the account of safe steps", "shop", "--service-account", "runbook-reader")]
    [InlineData("--git-secret is read by an account of the sync", "shop", "--git-secret", "git")]
    [InlineData("--secret is read by an account of runbooks", "shop", "--secret", "db")]
    public async Task What_makes_no_sense_is_refused(string message, params string[] arguments)
    {
        var host = new TestHost();

        Assert.Equal(ExitCode.Failure, await host.RunAsync(["enable", .. arguments]));
        Assert.Contains(message, host.Error, StringComparison.Ordinal);
        Assert.Equal("", host.Out);
    }

    private static async Task<string> PrintAsync(params string[] arguments)
    {
        var host = new TestHost();
        Assert.Equal(ExitCode.Success, await host.RunAsync(["enable", .. arguments]));
        return host.Out;
    }

    private static List<YamlNode> Documents(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return [.. stream.Documents.Select(document => document.RootNode)];
    }

    private static List<string> Texts(YamlNode node) => [.. ((YamlSequenceNode)node).Select(item => item.ToString())];

    private static List<string> Names(IEnumerable<YamlNode> documents, string role) => Texts(Find(documents, "Role", role)["rules"][0]["resourceNames"]);

    private static List<string> Subjects(IEnumerable<YamlNode> documents, string role) =>
        [.. ((YamlSequenceNode)Find(documents, "RoleBinding", role)["subjects"]).Select(subject => subject["name"].ToString())];

    private static YamlNode Find(IEnumerable<YamlNode> documents, string kind, string name) =>
        documents.Single(document => document["kind"].ToString() == kind && document["metadata"]["name"].ToString() == name);
}

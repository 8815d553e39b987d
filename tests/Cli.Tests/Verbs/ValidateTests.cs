using System.Text.Json.Nodes;
using RunbookOperator.TestKit;

namespace RunbookOperator.Cli.Tests.Verbs;

public sealed class ValidateTests : IDisposable
{
    private const string Good = """
        apiVersion: runbooks.dev/v1alpha1
        kind: Runbook
        metadata:
          name: NAME
        spec:
          title: Something is slow
          owner: team
          steps:
          - name: look
            run: kubectl get pods
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("validate-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Good_files_end_with_one_line_and_zero()
    {
        Write("a.yaml", Good.Replace("NAME", "a", StringComparison.Ordinal));
        Write("below/b.yml", Good.Replace("NAME", "b", StringComparison.Ordinal));
        Write("below/values.yaml", "replicas: 3\n---\nother: 1\n");
        Write("below/readme.md", "# no YAML");
        Write(".hidden/c.yaml", "[");
        var (code, host) = await RunAsync(_folder.FullName);
        Assert.Equal(("3 files, 2 runbooks: no problems; 2 other documents skipped\n", "", 0), (host.Out, host.Error, code));
    }

    [Fact]
    public async Task A_problem_is_told_as_compilers_do()
    {
        var file = Write("a.yaml", Good.Replace("NAME", "a", StringComparison.Ordinal).Replace("  title:", "  titel:", StringComparison.Ordinal));
        var (code, host) = await RunAsync(file);
        var lines = host.Out.TrimEnd().Split('\n');
        Assert.StartsWith($"{file}:6:3: error RBK006: ", lines[0], StringComparison.Ordinal);
        Assert.Matches("^1 file, 0 runbooks: [0-9]+ errors?", lines[^1]);
        Assert.Equal(1, code);
        Assert.Empty(host.Error);
    }

    [Fact]
    public async Task A_warning_alone_is_no_failure()
    {
        Write("a.yaml", Good.Replace("NAME", "a", StringComparison.Ordinal).Replace("  owner: team\n", "", StringComparison.Ordinal));
        var (code, host) = await RunAsync(_folder.FullName);
        Assert.Contains(": warning RBK027: ", host.Out, StringComparison.Ordinal);
        Assert.EndsWith("1 file, 1 runbook: 1 warning\n", host.Out, StringComparison.Ordinal);
        Assert.Equal(0, code);
    }

    [Fact]
    public async Task Two_files_with_one_name_are_both_told()
    {
        Write("a.yaml", Good.Replace("NAME", "same", StringComparison.Ordinal));
        Write("b.yaml", Good.Replace("NAME", "same", StringComparison.Ordinal));
        var (code, host) = await RunAsync(_folder.FullName, "-o", "json");
        var json = JsonNode.Parse(host.Out)!;
        Assert.Equal(["RBK026", "RBK026"], json["problems"]!.AsArray().Select(problem => (string)problem!["rule"]!));
        Assert.Equal((2, 2, 0, 2, 0), ((int)json["files"]!, (int)json["runbooks"]!, (int)json["skipped"]!, (int)json["errors"]!, (int)json["warnings"]!));
        Assert.Equal(1, code);
    }

    [Fact]
    public async Task The_other_kinds_are_checked_too()
    {
        Write("policy.yaml", "apiVersion: runbooks.dev/v1alpha1\nkind: RunbookPolicy\nmetadata: {name: a}\nspec: {run: Never}\n");
        Write("repository.yaml", "apiVersion: runbooks.dev/v1alpha1\nkind: RunbookRepository\nmetadata: {name: a}\nspec: {url: 'https://a', serviceAccountName: a}\n");
        var (code, host) = await RunAsync(_folder.FullName);
        Assert.Contains("policy.yaml:4:13: error RBK011: spec.run is \"Never\"", host.Out, StringComparison.Ordinal);
        Assert.EndsWith("2 files, 0 runbooks, 1 other resource: 1 error\n", host.Out, StringComparison.Ordinal);
        Assert.Equal(1, code);
    }

    [Fact]
    public async Task A_file_named_twice_is_read_once()
    {
        var file = Write("a.yaml", Good.Replace("NAME", "a", StringComparison.Ordinal));
        var (code, host) = await RunAsync(file, file);
        Assert.StartsWith("1 file, 1 runbook", host.Out, StringComparison.Ordinal);
        Assert.Equal(0, code);
    }

    [Fact]
    public async Task A_file_too_large_is_told_and_not_read()
    {
        var file = Write("a.yaml", "#" + new string('a', 10_000_000));
        var (code, host) = await RunAsync(file);
        Assert.Contains("error RBK002: ", host.Out, StringComparison.Ordinal);
        Assert.Equal(1, code);
    }

    [Theory]
    [InlineData("is not there", "missing.yaml")]
    [InlineData("no YAML files below", "")]
    public async Task What_cannot_be_looked_at_is_no_finding(string message, string path)
    {
        var (code, host) = await RunAsync(Path.Combine(_folder.FullName, path));
        Assert.Contains(message, host.Error, StringComparison.Ordinal);
        Assert.Equal(2, code);
        Assert.Empty(host.Out);
    }

    [Fact]
    public async Task The_example_is_valid() => Assert.Equal(0, (await RunAsync(Path.Combine(TestCluster.RepositoryRoot, "examples"))).Code);

    [Fact]
    public async Task Classify_judges_each_step_of_a_file()
    {
        var file = Write("a.yaml", Good.Replace("NAME", "a", StringComparison.Ordinal) + "\n  - name: act\n    run: frobnicate\n");
        var host = new TestHost();
        Assert.Equal(0, await host.RunAsync("classify", "-f", file, "-o", "json"));
        var steps = JsonNode.Parse(host.Out)!.AsArray();
        Assert.Equal(["look", "act"], steps.Select(step => (string)step!["step"]!));
        Assert.Equal("dangerous", (string?)steps[1]!["risk"]);
        Assert.All(steps, step => Assert.NotEmpty(step!["reasons"]!.AsArray()));
    }

    [Fact]
    public async Task Classify_does_not_judge_what_cannot_be_read()
    {
        var host = new TestHost();
        Assert.Equal(1, await host.RunAsync("classify", "-f", Write("a.yaml", "kind: Runbook")));
        Assert.Contains("error RBK013", host.Error, StringComparison.Ordinal);
        Assert.Contains("validate", host.Error, StringComparison.Ordinal);
    }

    private static async Task<(int Code, TestHost Host)> RunAsync(params string[] arguments)
    {
        var host = new TestHost();
        return (await host.RunAsync(["validate", .. arguments]), host);
    }

    private string Write(string name, string content)
    {
        var file = Path.Combine(_folder.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, content);
        return file;
    }
}

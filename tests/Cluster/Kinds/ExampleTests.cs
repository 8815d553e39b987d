using RunbookOperator.TestKit;

namespace RunbookOperator.Cluster.Kinds;

/// <summary>What the pages of the kinds show, given to the real server as it stands.</summary>
[Trait("Category", "Cluster")]
public sealed class ExampleTests : IAsyncLifetime
{
    private const string Begin = "```yaml\n";
    private static readonly string Folder = Path.Combine(TestCluster.RepositoryRoot, "docs", "kinds");

    private Kubectl _kubectl = null!;

    public static TheoryData<string> Examples => [.. Pages];

    private static IEnumerable<string> Pages => Directory.EnumerateFiles(Folder, "*.md").Where(file => Blocks(file).Length > 0).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal);

    public async Task InitializeAsync()
    {
        await Definitions.InstallAsync(CancellationToken.None);
        _kubectl = await Kubectl.AdministratorAsync(CancellationToken.None);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task An_example_is_taken(string page)
    {
        await using var here = await TestNamespace.CreateAsync(_kubectl);
        foreach (var block in Blocks(Path.Combine(Folder, page)))
        {
            // The namespaces of the pages are those of the demonstration, which wants to make them itself.
            var ns = await _kubectl.RunAsync(["create", "--dry-run=client", "--validate=false", "-o", "jsonpath={.metadata.namespace}", "-f", "-"], block);
            var moved = ns.Length > 0 ? block.Replace($"namespace: {ns}", $"namespace: {here.Name}", StringComparison.Ordinal) : block;

            var result = await _kubectl.TryAsync(["create", "--dry-run=server", "-f", "-"], moved);

            Assert.True(result.ExitCode == 0, result.Error);
        }
    }

    [Fact]
    public void Every_kind_that_is_written_as_a_file_has_an_example() =>
        Assert.Equal(["runbook.md", "runbookapproval.md", "runbookexecution.md", "runbookpolicy.md", "runbookrepository.md", "runbooksuggestion.md"], Pages);

    private static string[] Blocks(string file) =>
        [.. File.ReadAllText(file).Split(Begin).Skip(1).Select(block => block[..(block.IndexOf("\n```", StringComparison.Ordinal) + 1)])];
}

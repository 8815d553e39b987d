using RunbookOperator.TestKit;

namespace RunbookOperator.Faults;

/// <summary>One cluster for all tests of this project, which run one after the other: they kill what they need.</summary>
public sealed class BenchFixture : IAsyncLifetime
{
    /// <summary>The name of the collection.</summary>
    public const string Name = "Faults";

    internal Bench Bench { get; private set; } = null!;

    /// <inheritdoc/>
    public async Task InitializeAsync() => Bench = await Bench.StartAsync(Path.Combine(TestCluster.RepositoryRoot, "artifacts", "faults", "small"));

    /// <inheritdoc/>
    public async Task DisposeAsync() => await Bench.DisposeAsync();
}

/// <summary>Makes them share it.</summary>
[CollectionDefinition(BenchFixture.Name)]
public sealed class BenchCollection : ICollectionFixture<BenchFixture>;

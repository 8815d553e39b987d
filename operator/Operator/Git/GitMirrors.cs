using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Git;

/// <summary>The mirrors of this process, one for each RunbookRepository and address. Safe for many threads.</summary>
internal sealed class GitMirrors(GitRunner runner)
{
    private const int HashLength = 16;

    private readonly ConcurrentDictionary<string, SemaphoreSlim> _locks = new(StringComparer.Ordinal);

    /// <summary>Whether <c>file:</c>, <c>http:</c> and loopback addresses are allowed.</summary>
    public bool AllowLocalRepositories => runner.Options.AllowLocalRepositories;

    /// <summary>Works on a mirror, alone.</summary>
    /// <param name="repository">The RunbookRepository.</param>
    /// <param name="url">Its address: the mirror of another address is another one.</param>
    /// <param name="work">What to do.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<T> UseAsync<T>(NamespacedName repository, GitUrl url, Func<GitMirror, Task<T>> work, CancellationToken cancellationToken)
    {
        var gate = _locks.GetOrAdd(Prefix(repository), _ => new SemaphoreSlim(1, 1));
        await gate.WaitAsync(cancellationToken);
        try
        {
            var folder = Path.Combine(runner.Options.CacheFolder, Prefix(repository) + Hash(url.Text));
            Remove(repository, except: folder);
            return await work(new GitMirror(runner, folder));
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Deletes the mirrors of a RunbookRepository that is gone.</summary>
    public async Task RemoveAsync(NamespacedName repository, CancellationToken cancellationToken)
    {
        var gate = _locks.GetOrAdd(Prefix(repository), _ => new SemaphoreSlim(1, 1));
        await gate.WaitAsync(cancellationToken);
        try
        {
            Remove(repository, except: null);
        }
        finally
        {
            gate.Release();
        }
    }

    private void Remove(NamespacedName repository, string? except)
    {
        Directory.CreateDirectory(runner.Options.CacheFolder);
        foreach (var folder in Directory.EnumerateDirectories(runner.Options.CacheFolder, Prefix(repository) + "*").Where(folder => folder != except))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // Neither part holds an underscore, so no two repositories share a prefix.
    private static string Prefix(NamespacedName repository) => $"{repository.Namespace}_{repository.Name}_";

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..HashLength];
}

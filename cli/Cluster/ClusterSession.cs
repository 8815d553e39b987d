using System.Text.Json.Nodes;
using RunbookOperator.Cli.Rendering;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Cli.Cluster;

/// <summary>The requests of the verbs, in one namespace. What the cluster refuses becomes a <see cref="CliException"/> that a person can act on.</summary>
/// <param name="connection">Where requests go.</param>
internal sealed class ClusterSession(ClusterConnection connection)
{
    // How many names are compared to guess what was meant.
    private const int Candidates = 500;

    /// <summary>The namespace that names are looked up in.</summary>
    public string Namespace => connection.Namespace;

    /// <summary>The API itself, for streams.</summary>
    public IKubernetesClient Client => connection.Client;

    /// <summary>The key of <paramref name="name"/> in this namespace.</summary>
    public NamespacedName Key(string name) => new(connection.Namespace, name);

    /// <summary>Reads one object.</summary>
    /// <exception cref="CliException">There is none of that name, or the cluster says no.</exception>
    public async Task<T> GetAsync<T>(string name, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<T> =>
        await GuardAsync("get", T.Definition, () => connection.Client.FindAsync<T>(Key(name), cancellationToken))
            ?? throw await NotFoundAsync<T>(name, cancellationToken);

    /// <summary>Reads one object as it is stored, with fields that this program does not know.</summary>
    /// <exception cref="CliException">There is none of that name, or the cluster says no.</exception>
    public async Task<JsonObject> GetJsonAsync<T>(string name, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<T>
    {
        try
        {
            return await GuardAsync("get", T.Definition, () => connection.Client.GetAsync(T.Definition, Key(name), cancellationToken), passNotFound: true);
        }
        catch (ApiException error) when (ClusterErrors.IsAbsent(error))
        {
            throw await NotFoundAsync<T>(name, cancellationToken);
        }
    }

    /// <summary>Reads all objects of a kind in the namespace.</summary>
    /// <exception cref="CliException">The cluster says no, or does not know the kind.</exception>
    public async Task<IReadOnlyList<T>> ListAsync<T>(CancellationToken cancellationToken)
        where T : class, IKubernetesObject<T>
    {
        try
        {
            return await GuardAsync("list", T.Definition, () => connection.Client.ListAllAsync<T>(Namespace, null, cancellationToken), passNotFound: true);
        }
        catch (ApiException error) when (ClusterErrors.IsAbsent(error))
        {
            throw new CliException(ClusterErrors.NotInstalled(T.Definition, connection));
        }
    }

    /// <summary>Creates an object and returns it as stored.</summary>
    /// <exception cref="CliException">The cluster says no.</exception>
    public async Task<T> CreateAsync<T>(T value, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<T>
    {
        try
        {
            return await GuardAsync("create", T.Definition, () => connection.Client.CreateAsync(value, cancellationToken), passNotFound: true);
        }
        catch (ApiException error) when (ClusterErrors.IsAbsent(error))
        {
            // The kind, or the namespace.
            await NamesAsync<T>(cancellationToken);
            throw new CliException(ClusterErrors.Describe(error, "create", T.Definition, connection)!);
        }
    }

    /// <summary>Changes an object and returns it as stored.</summary>
    /// <exception cref="CliException">The cluster says no.</exception>
    public Task<T> PatchAsync<T>(string name, JsonObject merge, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<T> =>
        GuardAsync("patch", T.Definition, () => connection.Client.PatchAsync<T>(Key(name), new Patch(PatchType.Merge, merge), cancellationToken));

    /// <summary>Turns what the cluster refuses into a <see cref="CliException"/>.</summary>
    /// <param name="verb">The verb of the request, as RBAC names it.</param>
    /// <param name="resource">The kind it is about.</param>
    /// <param name="request">The request.</param>
    /// <param name="passNotFound">Leaves a 404 to the caller.</param>
    /// <param name="passConflict">Leaves a 409 to the caller.</param>
    public async Task<TResult> GuardAsync<TResult>(
        string verb, ResourceDefinition resource, Func<Task<TResult>> request, bool passNotFound = false, bool passConflict = false)
    {
        try
        {
            return await request();
        }
        catch (ApiException error) when ((passNotFound && ClusterErrors.IsAbsent(error)) || (passConflict && error.IsConflict))
        {
            throw;
        }
        catch (Exception error) when (ClusterErrors.Describe(error, verb, resource, connection) is { } message)
        {
            throw new CliException(message);
        }
    }

    private async Task<CliException> NotFoundAsync<T>(string name, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<T>
    {
        var names = await NamesAsync<T>(cancellationToken);
        var hint = names is [] ? $"; there are no {T.Definition.GroupResource} in it" : Nearest.Hint(name, names ?? []);
        return new CliException($"{T.Definition.Singular()} \"{name}\" not found in namespace {Namespace}{hint}");
    }

    private async Task<IReadOnlyList<string>?> NamesAsync<T>(CancellationToken cancellationToken)
        where T : class, IKubernetesObject<T>
    {
        try
        {
            var list = await connection.Client.ListAsync<T>(Namespace, new ListOptions { Limit = Candidates }, cancellationToken);
            return [.. list.Items.Select(item => item.Metadata.Name!)];
        }
        catch (ApiException error) when (ClusterErrors.IsAbsent(error))
        {
            throw new CliException(ClusterErrors.NotInstalled(T.Definition, connection));
        }
        catch (ApiException)
        {
            // Who may not list gets no suggestion.
            return null;
        }
    }
}

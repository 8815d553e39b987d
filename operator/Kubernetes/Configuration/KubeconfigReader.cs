using System.Text.Json;
using YamlDotNet.Core;

namespace RunbookOperator.Kubernetes;

/// <summary>Reads kubeconfig files and merges them as kubectl does: the first to name a cluster, user or context defines it.</summary>
internal static class KubeconfigReader
{
    public static Kubeconfig ReadAll(IReadOnlyList<string> paths)
    {
        Kubeconfig[] files = [.. paths.Select(Read)];
        return new Kubeconfig
        {
            Names = string.Join(", ", paths),
            CurrentContext = files.Select(file => file.CurrentContext).FirstOrDefault(name => !string.IsNullOrEmpty(name)),
            Clusters = [.. files.SelectMany(file => file.Clusters ?? []).DistinctBy(entry => entry.Name)],
            Users = [.. files.SelectMany(file => file.Users ?? []).DistinctBy(entry => entry.Name)],
            Contexts = [.. files.SelectMany(file => file.Contexts ?? []).DistinctBy(entry => entry.Name)],
        };
    }

    private static Kubeconfig Read(string path)
    {
        try
        {
            using var reader = new StreamReader(path);
            var file = YamlToJson.Read(reader).Deserialize(KubeconfigJson.Default.Kubeconfig) ?? new Kubeconfig();
            var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
            return file with
            {
                Clusters = [.. (file.Clusters ?? []).Select(entry => entry with { File = path, Cluster = Resolve(entry.Cluster, folder) })],
                Users = [.. (file.Users ?? []).Select(entry => entry with { File = path, User = Resolve(entry.User, folder) })],
                Contexts = [.. (file.Contexts ?? []).Select(entry => entry with { File = path })],
            };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"{path} cannot be read: {exception.Message}", exception);
        }
        catch (YamlException exception)
        {
            throw new ConfigurationException($"{path}:{exception.Start.Line}:{exception.Start.Column}: {exception.Message}", exception);
        }
        catch (JsonException exception)
        {
            throw new ConfigurationException($"{path}: the field {exception.Path} is not what a kubeconfig has there.", exception);
        }
    }

    // A path is relative to the file that names it.
    private static KubeconfigCluster? Resolve(KubeconfigCluster? cluster, string folder) =>
        cluster is null ? null : cluster with { CertificateAuthority = Resolve(cluster.CertificateAuthority, folder) };

    private static KubeconfigUser? Resolve(KubeconfigUser? user, string folder) => user is null ? null : user with
    {
        ClientCertificate = Resolve(user.ClientCertificate, folder),
        ClientKey = Resolve(user.ClientKey, folder),
        TokenFile = Resolve(user.TokenFile, folder),
        Exec = user.Exec is null ? null : user.Exec with { Command = ResolveCommand(user.Exec.Command, folder) },
    };

    private static string? Resolve(string? path, string folder) => string.IsNullOrEmpty(path) ? null : Path.Combine(folder, path);

    // A bare name is looked up in PATH; only one with a slash is a path.
    private static string? ResolveCommand(string? command, string folder) =>
        command?.Contains('/', StringComparison.Ordinal) == true ? Path.Combine(folder, command) : command;
}

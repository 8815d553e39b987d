namespace RunbookOperator.Executions;

/// <summary>What a call of kubectl asks of the API server, as far as its words tell. Pure.</summary>
/// <param name="Verb">The verb as RBAC names it.</param>
/// <param name="Kind">The kind as it is written.</param>
/// <param name="Name">The object, or null for all.</param>
/// <param name="Namespace">The namespace; null for that of the run, empty for all.</param>
/// <param name="Subresource">Such as <c>log</c>; null for the object itself.</param>
internal sealed record KubectlCall(string Verb, string Kind, string? Name, string? Namespace, string? Subresource = null)
{
    private const string Pods = "pods";
    private const string Nodes = "nodes";

    // Flags that take the next word for their value.
    private static readonly HashSet<string> Valued = new(StringComparer.Ordinal)
    {
        "-n", "--namespace", "-o", "--output", "-l", "--selector", "-c", "--container", "-f", "--filename", "-p", "--patch", "-k", "--kustomize", "-s", "--server",
        "--context", "--kubeconfig", "--cluster", "--user", "--as", "--as-group", "--field-selector", "--since", "--since-time", "--tail", "--timeout", "--request-timeout",
        "--replicas", "--for", "--type", "--sort-by", "--template", "--to-revision", "--revision", "--grace-period", "--limit-bytes", "--max-log-requests", "--image",
        "-L", "--label-columns", "--chunk-size", "--current-replicas", "--resource-version", "--pod-selector", "--cascade",
    };

    private static readonly HashSet<string> Writes = new(StringComparer.Ordinal) { "annotate", "label", "patch", "edit", "taint" };

    /// <summary>Reads the words behind <c>kubectl</c>; nothing where they do not tell.</summary>
    /// <param name="words">The words; null for one that is not known.</param>
    /// <param name="untold">What of it cannot be told, as a sentence; null if nothing.</param>
    public static IReadOnlyList<KubectlCall> Read(IReadOnlyList<string?> words, out string? untold)
    {
        untold = null;
        var (operands, ns, selects, file) = Split(words);
        if (operands is not [{ } verb, .. var rest])
        {
            untold = "what kubectl is to do";
            return [];
        }

        var calls = Of(verb, rest, ns, selects);
        untold = file ? $"what the file of kubectl {verb} names"
            : calls is null ? $"what kubectl {verb} needs"
            : calls.Any(call => call.Kind.Length == 0) ? $"what kubectl {verb} names: it is known only when it runs"
            : null;
        return [.. (calls ?? []).Where(call => call.Kind.Length > 0)];
    }

    private static List<KubectlCall>? Of(string verb, List<string?> rest, string? ns, bool selects)
    {
        switch (verb)
        {
            case "get" or "describe":
                return [.. Objects(rest).Select(item => new KubectlCall(item.Name is null ? "list" : "get", item.Kind, item.Name, ns))];
            case "wait":
                return [.. Objects(rest).Select(item => new KubectlCall(item.Name is null ? "list" : "get", item.Kind, item.Name, ns)), .. Objects(rest).Select(item => new KubectlCall("watch", item.Kind, item.Name, ns))];
            case "logs":
                return selects || rest is [] ? [new("list", Pods, null, ns), new("get", Pods, null, ns, "log")] : Inside(rest[0], ns, "get", "log");
            case "exec" or "attach" or "port-forward":
                return rest is [] ? null : Inside(rest[0], ns, "create", verb.Replace("-", "", StringComparison.Ordinal));
            case "delete":
                return [.. Objects(rest).Select(item => new KubectlCall(item.Name is null ? "deletecollection" : "delete", item.Kind, item.Name, ns))];
            case "scale":
                return [.. Objects(rest).Select(item => new KubectlCall("patch", item.Kind, item.Name, ns, "scale"))];
            case "rollout" when rest is [{ } how, .. var behind]:
                return [.. Objects(behind).Select(item => new KubectlCall(how is "status" or "history" ? "get" : "patch", item.Kind, item.Name, ns))];
            case "set" when rest is [_, .. var behind]:
                return [.. Objects(behind.Where(word => word?.Contains('=', StringComparison.Ordinal) != true)).Select(item => new KubectlCall("patch", item.Kind, item.Name, ns))];
            case "cordon" or "uncordon":
                return [.. rest.Select(name => new KubectlCall("patch", Nodes, name, ""))];
            case "drain":
                return [.. rest.Select(name => new KubectlCall("patch", Nodes, name, "")), new("list", Pods, null, ""), new("create", Pods, null, "", "eviction")];
            default:
                return Writes.Contains(verb)
                    ? [.. Objects(rest.Where(word => word is null || !(word.Contains('=', StringComparison.Ordinal) || word.EndsWith('-')))).Select(item => new KubectlCall("patch", item.Kind, item.Name, ns))]
                    : null;
        }
    }

    private static List<KubectlCall> Inside(string? target, string? ns, string verb, string subresource)
    {
        var slash = target?.IndexOf('/', StringComparison.Ordinal) ?? -1;
        return target is null ? [new(verb, "", null, ns)]
            : slash < 0 ? [new(verb, Pods, target, ns, subresource), new("get", Pods, target, ns)]
            : [new("get", target[..slash], target[(slash + 1)..], ns), new(verb, Pods, null, ns, subresource)];
    }

    // KIND, KIND NAME..., KIND/NAME..., KIND,KIND. What is not known is an empty kind.
    private static IEnumerable<(string Kind, string? Name)> Objects(IEnumerable<string?> operands)
    {
        var words = operands.ToList();
        if (words is [] || words.Contains(null))
        {
            return words is [{ } known, null] ? [(known, "")] : [("", null)];
        }

        if (words.Exists(word => word!.Contains('/', StringComparison.Ordinal)))
        {
            return words.Select(word => word!.Split('/', 2)).Select(parts => parts is [var kind, var name] ? (kind, (string?)name) : ("", null));
        }

        var kinds = words[0]!.Split(',');
        return words.Count == 1 ? kinds.Select(kind => (kind, (string?)null)) : words.Skip(1).Select(name => (kinds[0], name));
    }

    private static (List<string?> Operands, string? Namespace, bool Selects, bool File) Split(IReadOnlyList<string?> words)
    {
        var operands = new List<string?>();
        var (ns, selects, file) = (default(string), false, false);
        for (var i = 0; i < words.Count && words[i] != "--"; i++)
        {
            if (words[i] is not ['-', _, ..] flag)
            {
                operands.Add(words[i]);
                continue;
            }

            var equals = flag.IndexOf('=', StringComparison.Ordinal);
            var name = equals > 0 ? flag[..equals] : flag;
            var value = equals > 0 ? flag[(equals + 1)..] : Valued.Contains(name) && i + 1 < words.Count ? words[++i] : null;
            ns = name is "-n" or "--namespace" ? value : name is "-A" or "--all-namespaces" ? "" : ns;
            selects |= name is "-l" or "--selector";
            file |= name is "-f" or "--filename" or "-k" or "--kustomize" && !(operands is ["logs", ..]);
        }

        return (operands, ns, selects, file);
    }
}

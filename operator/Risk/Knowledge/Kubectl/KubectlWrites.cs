using RunbookOperator.Risk.Evaluation;
using RunbookOperator.Risk.Knowledge.Programs;
using RunbookOperator.Risk.Languages;
using RunbookOperator.Risk.Languages.Http;

namespace RunbookOperator.Risk.Knowledge.Kubectl;

/// <summary>Changes: what the new content touches.</summary>
internal static class KubectlWrites
{
    // Fields that decide about deletion, ownership, privilege or reach, as they appear in JSON, YAML and JSON paths.
    private static readonly string[] TouchyFields =
    [
        "finalizers", "ownerReferences", "privileged", "hostPID", "hostIPC", "hostNetwork", "hostPath", "allowPrivilegeEscalation", "runAsUser", "capabilities",
        "NodePort", "LoadBalancer", "externalIPs", "serviceAccount", "roleRef", "clusterRole", "persistentVolumeReclaimPolicy", "$patch", "caBundle", "deletionPolicy",
        "$deleteFromPrimitiveList", "$retainKeys",
    ];

    private static readonly string[] TouchyLabels = ["pod-security.kubernetes.io/", "rbac.authorization.k8s.io/", "kubernetes.io/enforce-mountable-secrets"];

    public static void Judge(TableCommand command, int? operandsBefore)
    {
        JudgeFiles(command);
        JudgeKinds(command);
        switch (command.Verb.Path)
        {
            case "patch":
                JudgePatch(command);
                break;
            case "label" or "annotate" or "taint":
                JudgeMarks(command);
                break;
            case "set env":
                JudgeEnvironment(command);
                break;
            case "expose":
                JudgeExposure(command);
                break;
            case "create ingress":
                command.Add("kubectl.exposure");
                break;
            case "create job" or "create cronjob" or "create deployment" when operandsBefore is not null || (command.Verb.Path != "create deployment" && command.Value("--from") is null):
                command.Add("kubectl.image");
                break;
            case "create configmap":
                ReadSources(command);
                break;
        }
    }

    /// <summary>Judges where objects are read from: files, standard input or the network.</summary>
    public static void JudgeFiles(TableCommand command)
    {
        foreach (var file in command.Values("--filename").Concat(command.Values("--kustomize")))
        {
            if (file is { IsLiteral: true, Text: "-" })
            {
                JudgeInput(command, file);
            }
            else if (!IsChange(command))
            {
                JudgePlace(file, command.Findings);
            }
            else if (file.Text.Contains("://", StringComparison.Ordinal) || file.BeginsUnknown)
            {
                command.Findings.Add("kubectl.opaque-change", file);
            }
        }
    }

    /// <summary>Judges where a command that changes nothing reads objects from: a path, or a URL that is asked for.</summary>
    public static void JudgePlace(Argument place, Findings findings)
    {
        if (place.Text.Contains("://", StringComparison.Ordinal))
        {
            CodeReport.Add(place, HttpReader.Read("GET", place.Text), findings);
        }
    }

    private static bool IsChange(TableCommand command) => command.Verb.Rules.Any(rule => RuleBook.Level(rule) > RiskLevel.Safe) && !command.IsDryRun;

    private static void JudgeInput(TableCommand command, Argument file)
    {
        if (command.Call.Input.Text is not { } manifest || !IsChange(command))
        {
            return;
        }

        if (manifest.Contains(Argument.Opaque) || !Manifest.Kinds(manifest).Any())
        {
            command.Findings.Add("kubectl.opaque-change", file.Span, "Standard input");
        }

        foreach (var kind in Manifest.Kinds(manifest))
        {
            JudgeKind(command, file with { Text = kind });
        }

        JudgeContent(command, file with { Text = manifest });
    }

    private static void JudgeKinds(TableCommand command)
    {
        if (command.Verb.Path.StartsWith("create", StringComparison.Ordinal))
        {
            return;
        }

        foreach (var kind in KubectlKinds.Of(command.Operands))
        {
            JudgeKind(command, kind);
        }
    }

    private static void JudgeKind(TableCommand command, Argument kind)
    {
        if (KubectlKinds.IsSecret(kind) && command.Verb.Path is not ("label" or "annotate"))
        {
            command.Findings.Add(command.Verb.Path.Contains("edit", StringComparison.Ordinal) ? "kubectl.secret-read" : "kubectl.secret-write", kind.Span, command.Title);
        }
        else if (KubectlKinds.IsAccess(kind))
        {
            command.Findings.Add("kubectl.access", kind.Span, command.Title);
        }
        else if (KubectlKinds.IsUnknown(kind))
        {
            command.Findings.Add("kubectl.opaque-change", kind.Span, "A kind that is not known");
        }
    }

    private static void JudgePatch(TableCommand command)
    {
        foreach (var patch in command.Values("--patch"))
        {
            if (patch.HasOpaque || patch.BeginsUnknown)
            {
                command.Findings.Add("kubectl.opaque-change", patch);
            }

            JudgeContent(command, patch);
        }

        if (command.Value("--subresource") is { } subresource && subresource is not { IsLiteral: true, Text: "scale" or "status" })
        {
            command.Findings.Add("kubectl.finalizers", subresource);
        }
    }

    private static void JudgeContent(TableCommand command, Argument content)
    {
        foreach (var field in TouchyFields)
        {
            // JSON may spell any letter of a field as an escape.
            if (content.Text.Contains(field, StringComparison.OrdinalIgnoreCase) || content.Text.Contains("\\u", StringComparison.OrdinalIgnoreCase))
            {
                command.Findings.Add("kubectl.finalizers", content.Span, $"A change that holds `{field}`");
                return;
            }
        }
    }

    private static void JudgeMarks(TableCommand command)
    {
        foreach (var operand in command.Operands.Skip(1))
        {
            var equals = operand.Text.IndexOf('=', StringComparison.Ordinal);
            var key = equals < 0 ? operand.Text : operand.Text[..equals];
            if (TouchyLabels.Any(label => key.Contains(label, StringComparison.Ordinal)) || (equals >= 0 && (operand with { Text = key }).HasMarker))
            {
                command.Findings.Add("kubectl.finalizers", operand.Span, $"`{(operand with { Text = key }).Display}`");
            }
        }
    }

    private static void JudgeEnvironment(TableCommand command)
    {
        if (command.Value("--from") is { } from && KubectlKinds.Of([from]).Any(kind => KubectlKinds.IsSecret(kind) || KubectlKinds.IsUnknown(kind)))
        {
            command.Findings.Add("kubectl.secret-write", from.Span, "`--from` a secret");
        }
    }

    private static void JudgeExposure(TableCommand command)
    {
        if (command.Value("--type") is { } type && type is not { IsLiteral: true, Text: "ClusterIP" })
        {
            command.Findings.Add("kubectl.exposure", type.Span, "`--type`");
        }
    }

    /// <summary>Judges the files that <c>create configmap</c> puts into the new object; of a directory it takes everything.</summary>
    public static void ReadSources(TableCommand command)
    {
        foreach (var file in command.Values("--from-file").Concat(command.Values("--from-env-file")))
        {
            Files.Read(file.From(file.Text.IndexOf('=', StringComparison.Ordinal) + 1), command.Findings, recursive: true);
        }
    }
}

using RunbookOperator.Risk.Evaluation;
using RunbookOperator.Risk.Knowledge.Programs;

namespace RunbookOperator.Risk.Knowledge.Kubectl;

/// <summary>What depends on more than the verb and the presence of flags.</summary>
internal static class KubectlRules
{
    /// <summary>Judges a command that is no dry run. <paramref name="operandsBefore"/>: how many operands, verb included, stand before <c>--</c>.</summary>
    public static void Judge(TableCommand command, int? operandsBefore)
    {
        foreach (var rule in IsListing(command) ? ["kubectl.read"] : command.Verb.Rules)
        {
            command.Add(rule);
        }

        switch (command.Verb.Path)
        {
            case "get" or "apply view-last-applied" or "events" or "cluster-info dump" or "rollout history" or "wait" or "describe":
                KubectlReads.Judge(command);
                break;
            case "exec":
                JudgeExec(command, operandsBefore);
                break;
            case "kustomize":
                JudgeKustomization(command);
                break;
            case "port-forward" or "proxy":
                JudgeAddress(command);
                break;
            case "drain":
                JudgeGracePeriod(command);
                break;
            case "cp" or "rsync":
                CopyCode.JudgeCopy(command);
                break;
            case "create" or "apply" or "replace" or "patch" or "edit" or "label" or "annotate" or "set env" or "expose" or "create ingress" or "create job"
                or "create cronjob" or "apply edit-last-applied" or "apply set-last-applied" or "taint" or "set image" or "set resources" or "set selector" or "autoscale"
                or "create deployment" or "create configmap" or "set data" or "set volumes" or "set probe":
                KubectlWrites.Judge(command, operandsBefore);
                break;
            case "scale" or "rollout restart" or "rollout undo" or "rollout pause" or "rollout resume" or "diff" or "rollout status":
                KubectlWrites.JudgeFiles(command);
                break;
        }
    }

    /// <summary>What is built is printed, wherever it comes from.</summary>
    private static void JudgeKustomization(TableCommand command)
    {
        foreach (var place in command.Operands)
        {
            KubectlWrites.JudgePlace(place, command.Findings);
            if (place.BeginsUnknown)
            {
                command.Findings.Add("file.unknown", place);
            }
        }
    }

    /// <summary>Whether <c>set env</c>, <c>label</c> or <c>annotate</c> only lists what is set.</summary>
    private static bool IsListing(TableCommand command) =>
        command.Verb.Path is "set env" or "label" or "annotate" && command.IsOn("--list") && !command.Operands.Any(IsSetting) && command.Value("--from") is null && command.Value("--env") is null;

    private static bool IsSetting(Argument operand) => operand.Text.Contains('=') || operand.Text.EndsWith('-') || operand.HasMarker;

    private static void JudgeExec(TableCommand command, int? operandsBefore)
    {
        // Without `--` the first operand is the pod and the rest is the command.
        var skip = operandsBefore is { } before ? before - command.VerbWords : Math.Min(1, command.Operands.Count);
        var carried = command.Operands.Skip(Math.Max(0, skip)).ToList();
        if (carried.Count == 0)
        {
            command.Add("kubectl.interactive");
            return;
        }

        command.Call.Carry(carried);
    }

    private static void JudgeAddress(TableCommand command)
    {
        if (command.Value("--address") is { } address
            && !(address.IsLiteral && address.Text.Split(',').All(one => one is "localhost" or "127.0.0.1" or "::1")))
        {
            command.Findings.Add("kubectl.open-tunnel", address.Span, "`--address`");
        }
    }

    private static void JudgeGracePeriod(TableCommand command)
    {
        if (command.Value("--grace-period") is { } period && !(period.IsLiteral && int.TryParse(period.Text, out var seconds) && seconds is > 0 or -1))
        {
            command.Findings.Add("kubectl.force", period.Span, "`--grace-period`");
        }
    }
}

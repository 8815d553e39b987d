using RunbookOperator.Risk.Knowledge.Programs;

namespace RunbookOperator.Risk.Knowledge.Kubectl;

/// <summary>A dry run changes nothing, but it can print what it was given.</summary>
internal static class KubectlDryRun
{
    public static void Judge(TableCommand command)
    {
        KubectlWrites.JudgeFiles(command);
        var shows = command.Value("--output") is { Text: not "name" };
        var secret = command.Verb.Path.StartsWith("create secret", StringComparison.Ordinal)
            || (command.Verb.Path is not "create configmap" && KubectlKinds.Of(command.Operands).Any(KubectlKinds.IsSecret));
        if (command.Verb.Path == "create configmap")
        {
            KubectlWrites.ReadSources(command);
        }

        foreach (var file in command.Values("--filename").Concat(command.Values("--kustomize")).Where(file => shows && file.Text != "-"))
        {
            Files.Read(file, command.Findings, recursive: true);
        }

        if (shows && secret)
        {
            command.Findings.Add("kubectl.secret-read", command.Call.Span, $"{command.Title} with `--output`");
        }
    }
}

using System.Text.RegularExpressions;
using RunbookOperator.Risk.Evaluation;
using RunbookOperator.Risk.Knowledge.Programs;

namespace RunbookOperator.Risk.Knowledge.Kubectl;

/// <summary>Reads: what of a Secret is shown.</summary>
internal static partial class KubectlReads
{
    // From this verbosity on kubectl logs the bodies of responses.
    private const int BodiesAreLogged = 8;

    public static void Judge(TableCommand command)
    {
        if (command.Value("--raw") is { } raw)
        {
            KubectlRawPaths.Judge(raw, command.Findings);
            return;
        }

        KubectlWrites.JudgeFiles(command);
        ReadTemplate(command);
        if (!ShowsValues(command))
        {
            return;
        }

        var kinds = KubectlKinds.Of(command.Operands).ToList();
        var ofAnyKind = command.Verb.Path is "get" or "apply view-last-applied" or "wait";
        var unknown = kinds.FirstOrDefault(KubectlKinds.IsUnknown) ?? command.Value("--filename") ?? command.Value("--kustomize");
        if (kinds.Any(KubectlKinds.IsSecret))
        {
            command.Findings.Add("kubectl.secret-read", command.Call.Span, $"{command.Title} in this form");
        }
        else if (ofAnyKind && unknown is not null)
        {
            command.Findings.Add("kubectl.unknown-kind", unknown);
        }
    }

    /// <summary>Whether more than names and metadata is shown.</summary>
    private static bool ShowsValues(TableCommand command)
    {
        if (command.Verb.Path is "apply view-last-applied" || (command.Verb.Path == "describe" && ShowsTokens(command.Operands)) || command.Uses.Any(use => use.Flag.Name == "--vmodule" || (use.Flag.Name == "--v" && !IsQuiet(use.Value))))
        {
            return true;
        }

        if (command.Value("--template") is { } template && !ShowsMetadataOnly(template.Text, template.HasMarker))
        {
            return true;
        }

        return command.Value("--output") is { } output && !IsHarmlessOutput(command, output);
    }

    /// <summary>Whether what is described may be a secret of a service account, of which the token is shown: none is named, or one whose name says so.</summary>
    private static bool ShowsTokens(IReadOnlyList<Argument> operands) =>
        (operands.Count == 1 && !operands[0].Text.Contains('/', StringComparison.Ordinal)) || operands.Any(operand => operand.Text.Contains("token", StringComparison.OrdinalIgnoreCase));

    // `-o jsonpath-file=FILE`: a template that is not one shows up in the message about it.
    private static void ReadTemplate(TableCommand command)
    {
        if (command.Value("--output") is { } output && output.Text.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals && output.Text[..equals].EndsWith("file", StringComparison.Ordinal))
        {
            Files.Read(output.From(equals + 1), command.Findings);
        }
    }

    private static bool IsQuiet(Argument? level) => level is { IsLiteral: true } && int.TryParse(level.Text, out var value) && value < BodiesAreLogged;

    private static bool IsHarmlessOutput(TableCommand command, Argument output)
    {
        var equals = output.Text.IndexOf('=', StringComparison.Ordinal);
        var format = equals < 0 ? output.Text : output.Text[..equals];
        return format switch
        {
            "" or "wide" or "name" => true,
            "custom-columns" => equals >= 0 && ShowsMetadataOnly(string.Concat(output.Text[(equals + 1)..].Split(',').Select(Column)), output.HasMarker),
            "jsonpath" or "jsonpath-as-json" => equals >= 0 && ShowsMetadataOnly(output.Text[(equals + 1)..], output.HasMarker),
            "go-template" or "template" => equals < 0 && command.Value("--template") is not null,
            _ => false,
        };
    }

    private static string Column(string column) => "{" + column[(column.IndexOf(':', StringComparison.Ordinal) + 1)..] + "}";

    /// <summary>Whether every field of a JSONPath template is a plain one of the metadata.</summary>
    private static bool ShowsMetadataOnly(string template, bool hasMarker) =>
        !hasMarker && !template.Contains("{{", StringComparison.Ordinal) && Blocks().Replace(template, "").AsSpan().IndexOfAny("{}$@") < 0;

    [GeneratedRegex("""\{\s*(range \.items\[(\*|[0-9:]+)\]|end|"[^"{}]*"|\.?(items\[(\*|[0-9:]+)\]\.)?(metadata\.(name|namespace|uid|creationTimestamp|resourceVersion|labels)|type|kind|apiVersion))\s*\}""", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Blocks();
}

using System.Text.Json.Nodes;
using RunbookOperator.Api;

namespace RunbookOperator.Cli.Runs;

/// <summary>A transition as one line of JSON. Names and meanings are fixed; more may come.</summary>
internal static class TransitionJson
{
    /// <summary>The object for <paramref name="transition"/>; what is not known is left out.</summary>
    public static JsonObject Of(RunbookExecution execution, Transition transition, DateTimeOffset now)
    {
        var line = new JsonObject
        {
            ["at"] = JsonValue.Create((transition.At ?? now).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'")),
            ["execution"] = execution.Metadata.Name,
            ["change"] = transition.Kind.ToString(),
        };
        if (transition.IsUndo)
        {
            line["undo"] = true;
        }

        if (transition.Step is { } step)
        {
            Add(line, step, transition.Kind);
        }

        if (transition.Approval is { } approval)
        {
            Set(line, "user", approval.User);
            Set(line, "decision", approval.Decision);
            Set(line, "reason", approval.Reason);
        }

        if (transition.Kind == TransitionKind.RunEnded)
        {
            Set(line, "phase", execution.Status?.Phase);
            Set(line, "message", RunOutcome.Message(execution.Status!));
        }

        return line;
    }

    private static void Add(JsonObject line, StepStatus step, TransitionKind kind)
    {
        line["step"] = step.Name;
        line["attempt"] = step.Attempt;
        Set(line, "risk", step.Risk);
        if (kind == TransitionKind.Decided)
        {
            return;
        }

        line["state"] = step.State;
        Set(line, "command", step.Command);
        Set(line, "message", step.Message);
        if (kind == TransitionKind.StepWaiting)
        {
            Set(line, "digest", step.Digest);
            Set(line, "serviceAccount", step.ServiceAccount);
            Set(line, "undo", step.Undo);
            line["reasons"] = new JsonArray([.. (step.Reasons ?? []).Select(reason => JsonValue.Create(reason))]);
        }

        if (kind == TransitionKind.StepEnded)
        {
            Set(line, "output", step.Output);
            if (step.ExitCode is { } code)
            {
                line["exitCode"] = code;
            }

            if (step.Truncated == true)
            {
                line["truncated"] = true;
            }
        }
    }

    private static void Set(JsonObject line, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            line[name] = value;
        }
    }
}

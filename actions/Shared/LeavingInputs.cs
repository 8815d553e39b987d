using RunbookOperator.Risk;

namespace RunbookOperator.Actions;

/// <summary>The two inputs that let pods go though something is lost.</summary>
internal static class LeavingInputs
{
    public static readonly ActionInput Unmanaged =
        new("unmanaged", ActionInputType.Flag, "Let pods go that nothing makes again. Defaults to false.");

    public static readonly ActionInput EmptyDir =
        new("emptyDir", ActionInputType.Flag, "Let pods go that keep files in an emptyDir: the files are lost. Defaults to false.");

    /// <summary>Dangerous where something may be lost, or is not known before the run.</summary>
    public static RiskLevel RiskOf(ActionInputs inputs) => IsSet(inputs, Unmanaged) || IsSet(inputs, EmptyDir) ? RiskLevel.Dangerous : RiskLevel.Caution;

    /// <summary>Why, the gravest first.</summary>
    public static IReadOnlyList<string> Reasons(ActionInputs inputs, string otherwise)
    {
        var reasons = new List<string>();
        if (IsSet(inputs, Unmanaged))
        {
            reasons.Add("pods that nothing makes again are lost");
        }

        if (IsSet(inputs, EmptyDir))
        {
            reasons.Add("files in emptyDir volumes are lost");
        }

        return [.. reasons, otherwise];
    }

    /// <summary>Whether an input is set, or may be.</summary>
    private static bool IsSet(ActionInputs inputs, ActionInput input) => inputs.IsOpen(input.Name) || inputs.Flag(input.Name);
}

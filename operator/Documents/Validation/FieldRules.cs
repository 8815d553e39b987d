using RunbookOperator.Api;

namespace RunbookOperator.Documents.Validation;

/// <summary>Fields that go together, for runbooks that no reader has seen; and none that this version does not act upon.</summary>
internal static class FieldRules
{
    public static void Check(ValidationContext context)
    {
        foreach (var broken in RuleChecker.Check(context.Spec))
        {
            context.Error(broken.Rule.Id, broken.Path, broken.ToString());
        }

        foreach (var use in NotActedUpon.In(nameof(Runbook), context.Content))
        {
            context.ErrorAtKey(RuleIds.NotActedUpon, use.Path, use.ToString());
        }
    }
}

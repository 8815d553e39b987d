namespace RunbookOperator.Executions;

/// <summary>Which way an attempt goes.</summary>
public enum StepDirection
{
    /// <summary>It does the step.</summary>
    Forward,

    /// <summary>It undoes the step by what the step declares under <c>rollback</c>.</summary>
    Rollback,

    /// <summary>It undoes the step by what its typed action has recorded.</summary>
    Inverse,
}

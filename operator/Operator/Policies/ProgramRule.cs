using RunbookOperator.Api;
using RunbookOperator.Risk;

namespace RunbookOperator.Policies;

/// <summary>What one policy says of a program.</summary>
/// <param name="Policy">The policy.</param>
/// <param name="IsBase">Whether it is the base, which alone may call an unknown program safe.</param>
/// <param name="Program">What it says.</param>
public sealed record ProgramRule(string Policy, bool IsBase, PolicyProgram Program)
{
    /// <summary>The same for the classifier. A risk that is none is dangerous.</summary>
    public SiteProgram ToSite()
    {
        _ = RiskLevels.TryParse(Program.Risk, out var level);
        return new SiteProgram(Program.Name, level, Program.Reason) { Subcommands = Program.Subcommands ?? [], IsBase = IsBase };
    }
}

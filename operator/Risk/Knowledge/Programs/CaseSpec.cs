namespace RunbookOperator.Risk.Knowledge.Programs;

/// <summary>One of the ways to use a verb: the rules it falls under when the condition holds.</summary>
internal sealed record CaseSpec(Condition When, IReadOnlyList<string> Rules)
{
    /// <summary>Reads one case.</summary>
    public static CaseSpec Read(TableValue value)
    {
        var map = new TableMap(value);
        var read = new CaseSpec(Condition.Read(map), map.Words("rule"));
        map.Done();
        return read.Rules.Count > 0 ? read : throw value.Error("a case names its rule");
    }
}

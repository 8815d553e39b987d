namespace RunbookOperator.Risk.Knowledge.Programs;

/// <summary>What standard input is read as, in some use of a verb.</summary>
/// <param name="When">In which use.</param>
/// <param name="Role">What the text is.</param>
/// <param name="Missing">The rule if nothing is piped or redirected into it, or empty.</param>
internal sealed record InputSpec(Condition When, Role Role, string Missing)
{
    /// <summary>Reads one use.</summary>
    public static InputSpec Read(TableValue value)
    {
        var map = new TableMap(value);
        var role = map.Text("is");
        var read = new InputSpec(Condition.Read(map), Role.Named(role) ?? throw value.Error($"there is no role `{role}`"), map.Text("missing"));
        map.Done();
        return read;
    }
}

/// <summary>What is known of the output, in some use of a verb.</summary>
/// <param name="When">In which use.</param>
/// <param name="Kind"><c>input</c>: what was read; <c>lines</c>: whole lines of it; <c>names</c>: names of objects.</param>
internal sealed record OutputSpec(Condition When, string Kind)
{
    /// <summary>Reads one use.</summary>
    public static OutputSpec Read(TableValue value)
    {
        var map = new TableMap(value);
        var read = new OutputSpec(Condition.Read(map), map.Text("is"));
        map.Done();
        return read.Kind is "input" or "lines" or "names" ? read : throw value.Error("an output is input, lines or names");
    }
}

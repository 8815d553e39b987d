using System.Collections.Concurrent;

namespace RunbookOperator.Risk.Knowledge.Programs;

/// <summary>A verb of a program, or the program itself, ready to judge by. Verbs below are read when they are asked for.</summary>
internal sealed class VerbSpec
{
    private readonly ProgramSpec _program;
    private readonly VerbTable _table;
    private readonly VerbSpec? _above;
    private readonly FlagTable _inherited;
    private readonly ConcurrentDictionary<VerbTable, VerbSpec> _verbs = [];

    public VerbSpec(ProgramSpec program, VerbTable table, VerbSpec? above)
    {
        (_program, _table, _above) = (program, table, above);
        Path = above is null or { Path: "" } ? table.Word : $"{above.Path} {table.Word}";
        _inherited = new FlagTable(above?._inherited);
        Flags = new FlagTable(_inherited);
        DryRun = above?.DryRun.WithoutFlags() ?? new DryRunSpec();
        Style = above?.Style ?? FlagStyle.Named("getopt")!;
        FlagsEnd = Style.FlagsEnd;
        Help = [.. (above?.Help ?? []).Where(flag => !OfTheProgram(flag))];
        Operands = program.VerbOperands;
        switch (table.Value)
        {
            case null:
                break;
            case { Text: { } text } value:
                ReadShort(text, value);
                break;
            case var value:
                var map = new TableMap(value);
                ReadFlags(map, value);
                ReadUses(map);
                map.Done();
                break;
        }
    }

    /// <summary>The words that lead here, without the program; empty at the root.</summary>
    public string Path { get; }

    /// <summary>What it does if no case says otherwise; empty for a group.</summary>
    public IReadOnlyList<string> Rules { get; private set; } = [];

    /// <summary>The ways to use it, the first that fits first.</summary>
    public IReadOnlyList<CaseSpec> Cases { get; private set; } = [];

    /// <summary>The flags it knows, those that hold everywhere included.</summary>
    public FlagTable Flags { get; }

    /// <summary>How flags are read.</summary>
    public FlagStyle Style { get; private set; }

    /// <summary>Behind how many of its operands there are no more flags.</summary>
    public int FlagsEnd { get; private set; }

    /// <summary>Flags that only show help or a version.</summary>
    public IReadOnlyList<string> Help { get; private set; }

    /// <summary>What its operands are.</summary>
    public IReadOnlyList<OperandSpec> Operands { get; private set; }

    /// <summary>Whether the table says what the operands are, so that a word which is no verb may be one.</summary>
    public bool TakesOperands { get; private set; }

    /// <summary>How it is told to change nothing.</summary>
    public DryRunSpec DryRun { get; private set; }

    /// <summary>What standard input is read as.</summary>
    public IReadOnlyList<InputSpec> Inputs { get; private set; } = [];

    /// <summary>What is known of the output.</summary>
    public IReadOnlyList<OutputSpec> Outputs { get; private set; } = [];

    /// <summary>Code that judges what the table cannot say, or null.</summary>
    public IProgramCode? Code { get; private set; }

    /// <summary>Whether verbs stand below.</summary>
    public bool HasVerbs => _table.HasVerbs;

    /// <summary>Whether it does something itself.</summary>
    public bool IsUse => Rules.Count > 0 || Cases.Count > 0;

    /// <summary>The verb below with this name.</summary>
    public VerbSpec? Child(string word) => _table.Find(word) is { } verb ? Child(verb) : null;

    /// <summary>All verbs right below.</summary>
    public IEnumerable<VerbSpec> Children => _table.All.Select(Child);

    /// <summary>All rules it can name.</summary>
    public IEnumerable<string> AllRules =>
    [
        .. Rules, .. Cases.SelectMany(use => use.Rules), .. Operands.Select(operand => operand.Rule), .. Operands.Select(operand => operand.Missing),
        .. Inputs.Select(input => input.Missing), DryRun.Flags.Count > 0 ? DryRun.Rule : "", .. Flags.All().SelectMany(pair => pair.Value.Effects).Select(effect => effect.RuleId),
    ];

    /// <summary>All flags that its conditions name.</summary>
    public IEnumerable<string> AllConditions =>
    [
        .. Help, .. DryRun.Flags, .. DryRun.Unless, .. Cases.SelectMany(use => use.When.FlagNames), .. Operands.SelectMany(operand => operand.When.FlagNames),
        .. Inputs.SelectMany(input => input.When.FlagNames), .. Outputs.SelectMany(output => output.When.FlagNames),
        .. Flags.All().SelectMany(pair => pair.Value.Effects).SelectMany(effect => effect.FlagNames),
    ];

    /// <summary>The name under which uses of a flag are kept; a flag of the verbs above counts too.</summary>
    public string? Canonical(string flag) => Flags.Named(flag)?.Name ?? _above?.Canonical(flag);

    // What shows the version of a program does so before the first verb; behind it, the same flag is the verb's own, or none.
    private static bool OfTheProgram(string flag) => flag is "-v" or "-V" || flag.EndsWith("ersion", StringComparison.Ordinal);

    private VerbSpec Child(VerbTable verb) => verb.SameAs is { } path ? Other(verb, path) : _verbs.GetOrAdd(verb, table => new VerbSpec(_program, table, this));

    private VerbSpec Other(VerbTable verb, string path) =>
        path.Split(' ').Aggregate((VerbSpec?)_program.Root, (at, word) => at?.Child(word)) ?? throw verb.Value!.Error($"there is no verb `{path}`");

    private void ReadShort(string text, TableValue value)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Rules = [.. words.Where(word => word.Contains('.'))];
        if (words.Length > Rules.Count)
        {
            TakesOperands = true;
            Operands = [.. words.Where(word => !word.Contains('.') && word != "none").Select(word => OperandSpec.OfWord(word, value))];
        }
    }

    private void ReadFlags(TableMap map, TableValue value)
    {
        _inherited.Declare(map.Words("inherited"));
        Flags.Declare(map.Words("flags"));
        var effects = map.Fields("on").ToList();
        foreach (var name in map.Words("use"))
        {
            var set = _program.Sets.TryGetValue(name, out var known) ? known : throw value.Error($"there is no set `{name}`");
            Flags.Declare(set.Flags);
            effects.InsertRange(0, set.Effects);
        }

        var help = map.Words("help");
        foreach (var flag in help.Where(flag => Flags.Named(flag.Split('/')[^1]) is null))
        {
            (OfTheProgram(flag.Split('/')[^1]) ? Flags : _inherited).Declare([flag]);
        }

        Help = [.. Help, .. help.Select(flag => flag.Split('/')[^1])];
        foreach (var (names, effect) in effects)
        {
            foreach (var name in names.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                var owner = _inherited.Declares(name) ? _inherited : Flags;
                if (!owner.Affect(name, Effect.ReadAll(effect)))
                {
                    throw effect.Error($"`{name}` is not declared");
                }
            }
        }
    }

    private void ReadUses(TableMap map)
    {
        Rules = map.Words("rule");
        Cases = [.. map.Items("cases").Select(CaseSpec.Read)];
        DryRun = DryRunSpec.Read(map, _above?.DryRun);
        Inputs = [.. map.Items("stdin").Select(InputSpec.Read)];
        Outputs = [.. map.Items("output").Select(OutputSpec.Read)];
        if (map.Take("style") is { } style)
        {
            Style = FlagStyle.Named(style.Text ?? "") ?? throw style.Error($"there is no style `{style.Text}`");
        }

        FlagsEnd = map.Number("flagsEnd") ?? Style.FlagsEnd;
        if (map.Take("operands") is { } operands)
        {
            Operands = OperandSpec.ReadAll(operands);
            TakesOperands = true;
        }

        if (map.Text("code") is { Length: > 0 } code)
        {
            Code = ProgramCodes.Named(code) ?? throw map.Error($"there is no code `{code}`");
        }

        // Read with the tree of verbs.
        _ = (map.Take("verbs"), map.Take("like"));
    }
}

using RunbookOperator.Risk.Knowledge;

namespace RunbookOperator.Risk.Evaluation;

/// <summary>Gathers the reasons of one verdict.</summary>
internal sealed class Findings
{
    /// <summary>How many reasons a verdict keeps; the riskiest are kept.</summary>
    public const int MaximumReasons = 50;

    // Behind each of these may stand a program that nobody sees.
    private static readonly string[] Hiding =
    [
        "shell.unparsed", "shell.unknown-command", "shell.builtin", "shell.code", "text.too-long", "text.hidden", "wrapper.interactive", "program.interactive",
        "program.code", "program.runs", "program.unknown-flag", "program.unknown-operand", "program.unknown-use", "cluster.code", "cluster.interactive",
    ];

    private readonly List<RiskReason> _reasons = [];
    private readonly HashSet<(string, TextSpan)> _seen = [];
    private readonly List<Argument> _relative = [];
    private readonly int[] _kept = new int[(int)RiskLevel.Dangerous + 1];
    private readonly List<string> _programs = [];
    private readonly HashSet<string> _started = new(StringComparer.Ordinal);
    private bool _hides;
    private bool _moves;

    /// <summary>The riskiest level so far.</summary>
    public RiskLevel Level { get; private set; }

    /// <summary>Whether nothing was found.</summary>
    public bool IsEmpty => _reasons.Count == 0;

    /// <summary>Notes that <paramref name="subject"/> falls under a rule; the message is the subject and what the rule says.</summary>
    public void Add(string rule, TextSpan span, string subject) => AddMessage(rule, span, $"{subject} {RuleBook.Says(rule)}.");

    /// <summary>Notes a rule for an argument.</summary>
    public void Add(string rule, Argument argument) => Add(rule, argument.Span, $"`{argument.Display}`");

    /// <summary>Notes a rule with a sentence of its own.</summary>
    public void AddMessage(string rule, TextSpan span, string message)
    {
        var level = RuleBook.Level(rule);
        Level = RiskLevels.Max(Level, level);
        _hides |= Hiding.Contains(rule);

        // A verdict keeps only so many; without this bound a long text would spend its time on reasons that nobody sees.
        if (_kept[(int)level] < MaximumReasons && _seen.Add((rule, span)))
        {
            _kept[(int)level]++;
            _reasons.Add(new RiskReason(rule, level, span, Printable(message)));
        }
    }

    /// <summary>Notes a program that is started.</summary>
    public void AddProgram(string name)
    {
        if (_started.Add(name))
        {
            _programs.Add(name);
        }
    }

    /// <summary>Takes over what was found in a text that stands, in another form, at <paramref name="span"/>.</summary>
    public void Include(Findings inner, TextSpan span, bool movesToo)
    {
        if (movesToo && inner._moves)
        {
            Moves();
        }

        _hides |= inner._hides;
        inner._programs.ForEach(AddProgram);
        foreach (var reason in inner._reasons)
        {
            AddMessage(reason.Rule, span, reason.Message);
        }

        foreach (var path in inner._relative)
        {
            AddRelative(path with { Span = span });
        }
    }

    /// <summary>
    /// Notes that the working directory changes to one that may hold anything. Loops, functions and branches decide what runs behind it, so it counts
    /// for the whole text.
    /// </summary>
    public void Moves()
    {
        _moves = true;
        _relative.ForEach(AddMoved);
        _relative.Clear();
    }

    /// <summary>Notes a path that depends on the working directory.</summary>
    public void AddRelative(Argument path)
    {
        if (_moves)
        {
            AddMoved(path);
        }
        else
        {
            _relative.Add(path);
        }
    }

    private void AddMoved(Argument path) =>
        AddMessage("file.unknown", path.Span, $"`{path.Display}` depends on the directory that `cd` goes to, so it could be any file.");

    /// <summary>The verdict.</summary>
    public RiskVerdict ToVerdict() => new(
        Level,
        [.. _reasons.OrderByDescending(reason => reason.Level).ThenBy(reason => reason.Span.Start).ThenBy(reason => reason.Rule, StringComparer.Ordinal).Take(MaximumReasons)])
    {
        Programs = _hides ? null : _programs,
    };

    private static string Printable(string message) => message.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0 ? message : Replaced(message);

    private static string Replaced(string message) =>
        string.Concat(message.Select(c => char.IsControl(c) || char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.Format
            or System.Globalization.UnicodeCategory.Surrogate or System.Globalization.UnicodeCategory.PrivateUse ? '?' : c));
}

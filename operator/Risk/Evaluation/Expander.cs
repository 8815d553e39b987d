using System.Text;
using RunbookOperator.Risk.Knowledge;
using RunbookOperator.Risk.Syntax;

namespace RunbookOperator.Risk.Evaluation;

/// <summary>Expands words as far as their values are known. It judges nothing.</summary>
internal sealed class Expander(VariableTable table, RiskVariables? environment)
{
    /// <summary>How long a chain of variables that hold variables is followed.</summary>
    public const int MaximumChain = 16;

    private const string BoundedText = "\uE000";
    private const string OpaqueText = "\uE001";
    private const string NamesText = "\uE002";

    private readonly Dictionary<SubstitutionPart, CommandOutput> _outputs = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<(string Name, int Use), string> _values = [];
    private readonly Dictionary<string, bool> _bounded = new(StringComparer.Ordinal);
    private int _chain;

    /// <summary>Remembers what a substitution prints, once its commands have been judged.</summary>
    public void Remember(SubstitutionPart part, CommandOutput output) => _outputs[part] = output;

    /// <summary>The words of a command after expansion: braces make several of one. What builtins declare is read by the parser, before that.</summary>
    public List<Argument> Expand(IReadOnlyList<Word> words)
    {
        var isBuiltin = words is [var first, ..] && first.Literal is not "echo" && ProgramCatalog.IsBuiltin(first.Literal ?? "");
        return [.. words.SelectMany(word => isBuiltin ? [word] : BraceExpansion.Expand(word) ?? [word]).Select(Expand)];
    }

    /// <summary>The word after expansion.</summary>
    public Argument Expand(Word word)
    {
        var text = new StringBuilder();
        bool splits = false, globs = false;
        if (BraceExpansion.Expand(word) is not [var whole] || !ReferenceEquals(whole, word))
        {
            // Several words, of which nothing else is known here.
            splits = true;
            text.Append(Argument.Opaque);
        }

        foreach (var part in word.Parts)
        {
            switch (part)
            {
                case LiteralPart literal:
                    AppendLiteral(literal, text, ref globs);
                    break;
                case ProcessPart:
                    text.Append("/dev/fd/63");
                    break;
                default:
                    AppendValue(part, text, ref splits);
                    break;
            }

            if (text.Length > RiskClassifier.MaximumLength)
            {
                return new Argument(word.Span, OpaqueText, Splits: true);
            }
        }

        return new Argument(word.Span, text.ToString(), splits, globs);
    }

    /// <summary>What is known of the value of a variable at the place <paramref name="use"/>.</summary>
    public string ValueOf(string name, int use)
    {
        if (_values.TryGetValue((name, use), out var known))
        {
            return known;
        }

        if (_chain >= MaximumChain)
        {
            return OpaqueText;
        }

        _chain++;
        var value = Resolve(name, use);
        _chain--;
        return _values[(name, use)] = value;
    }

    private string Resolve(string name, int use)
    {
        var sources = table.SourcesOf(name);
        if (sources.Count == 0)
        {
            return IsBoundedEnvironment(name) ? BoundedText : OpaqueText;
        }

        if (sources is [{ Unconditional: true, Appends: false, Value: { } only } sole] && sole.End <= use)
        {
            return Expand(only) is var argument && argument.Globs && !Unquotes(only) ? OpaqueText : argument.Text;
        }

        var fromEnvironment = !sources.Any(source => source.End <= use && !source.Appends);
        if (!_bounded.TryGetValue(name, out var bounded))
        {
            // Until it is known, a variable that holds itself is not bounded by that.
            _bounded[name] = false;
            _bounded[name] = bounded = sources.All(IsBoundedSource);
        }

        return bounded && (!fromEnvironment || IsBoundedEnvironment(name)) ? BoundedText : OpaqueText;
    }

    // An assignment neither splits nor matches file names, so a `*` in it stays what it is.
    private static bool Unquotes(Word word) => word.Parts.All(part => part is LiteralPart);

    private bool IsBoundedSource(VariableTable.Source source)
    {
        if (source.Value is not { } word)
        {
            return false;
        }

        var argument = Expand(word);
        // A loop over names gives one of them at a time.
        return (source.IsOneOfMany && argument.Text == NamesText) || IsBoundedText(argument.Text, source.Appends);
    }

    /// <summary>Whether a text obeys the rule for bounded values; markers of bounded values count as such.</summary>
    public static bool IsBoundedText(string text, bool mayBeginWithDash = false) =>
        text.Length > 0
        && (mayBeginWithDash || text[0] != '-')
        && !text.Contains("..", StringComparison.Ordinal)
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c == Argument.Bounded || "._:/@%+,-".Contains(c));

    private bool IsBoundedEnvironment(string name) =>
        !table.AllowsUnset && !SetByTheShell(name) && (environment is null || environment.IsBounded(name));

    private static bool SetByTheShell(string name) =>
        name is "REPLY" or "MAPFILE" or "OPTARG" or "PWD" or "OLDPWD" or "IFS" or "_" or "DIRSTACK" or "FUNCNAME" or "COPROC" or "PIPESTATUS"
        || name.StartsWith("BASH_", StringComparison.Ordinal) || name.StartsWith("PS", StringComparison.Ordinal) && name.Length == 3
        || name.Length == 0 || !(char.IsAsciiLetter(name[0]) || name[0] == '_');

    private static void AppendLiteral(LiteralPart literal, StringBuilder text, ref bool globs)
    {
        text.Append(literal.Text);
        globs |= !literal.Quoted && (literal.Text.AsSpan().IndexOfAny('*', '?') >= 0 || (literal.Text.Contains('[') && literal.Text.Contains(']')));
    }

    private void AppendValue(WordPart part, StringBuilder text, ref bool splits)
    {
        var value = part switch
        {
            VariablePart variable => ValueOf(variable),
            ArithmeticPart => BoundedText,
            SubstitutionPart substitution => ValueOf(substitution),
            _ => OpaqueText,
        };
        if (part is VariablePart { Name: "@" or "*" } or VariablePart { Subscript: not null, Operator: "" })
        {
            splits = true;
        }

        if (!part.Quoted && !IsBoundedText(value, mayBeginWithDash: text.Length > 0))
        {
            splits = true;
            value = value == NamesText ? NamesText : OpaqueText;
        }

        text.Append(value);
    }

    private string ValueOf(SubstitutionPart substitution)
    {
        var output = _outputs.GetValueOrDefault(substitution);
        if (output.IsNames)
        {
            return NamesText;
        }

        return output.Text is { } text && IsBoundedText(text) ? text : OpaqueText;
    }

    private string ValueOf(VariablePart variable)
    {
        if (variable.Subscript is not null)
        {
            return OpaqueText;
        }

        switch (variable.Operator)
        {
            case "":
                return variable.Name is "#" or "?" or "$" or "!" ? BoundedText : ValueOf(variable.Name, variable.Span.Start);
            case "#" when variable.IsLength:
                return BoundedText;
            case ":?" or "?":
                return ValueOf(variable.Name, variable.Span.Start);
            case ":-" or "-" or ":=" or "=" when variable.Argument is { } otherwise:
                // The value or the default: known only as far as both are bounded.
                var fallback = Expand(otherwise);
                return ValueOf(variable.Name, variable.Span.Start) is var value && IsBoundedText(value) && IsBoundedText(fallback.Text) && !fallback.Globs
                    ? BoundedText
                    : OpaqueText;
            default:
                return OpaqueText;
        }
    }
}

using RunbookOperator.Risk.Evaluation;

namespace RunbookOperator.Risk.Knowledge.Programs;

/// <summary>
/// Gives each operand its place. A word that can become several, or none, shifts those behind it: then a word has every place that it could have.
/// </summary>
internal sealed class OperandJudge
{
    private readonly TableCommand _command;
    private readonly IReadOnlyList<Argument> _operands;
    private readonly List<OperandSpec> _specs = [];
    private readonly bool _isOpen;

    private OperandJudge(TableCommand command)
    {
        (_command, _operands) = (command, command.Operands);
        _isOpen = _operands.Any(IsMany);
        foreach (var spec in command.Verb.Operands)
        {
            var holds = spec.When.Holds(command);
            _isOpen |= holds == Truth.Maybe;
            if (holds != Truth.No)
            {
                _specs.Add(spec);
            }
        }
    }

    /// <summary>Judges the operands of <paramref name="command"/>.</summary>
    public static void Judge(TableCommand command)
    {
        var judge = new OperandJudge(command);
        if (judge._isOpen)
        {
            judge.JudgeOpen();
        }
        else
        {
            judge.JudgePlaces();
        }

        command.ReadHere();
    }

    private static bool IsMany(Argument operand) => operand.Splits || operand.Globs;

    private void JudgePlaces()
    {
        var at = 0;
        for (var place = 0; place < _specs.Count; place++)
        {
            var spec = _specs[place];
            var needed = _specs.Skip(place + 1).Count(later => !later.IsOptional);
            var free = _operands.Count - at - needed;
            var taken = spec.Role.TakesRest ? _operands.Count - at : spec.IsMany ? Math.Max(free, 0) : Math.Clamp(free, 0, 1);
            if (taken == 0)
            {
                JudgeMissing(spec);
                continue;
            }

            if (spec.Role.TakesRest)
            {
                JudgeRest(spec, at);
                return;
            }

            for (var last = at + taken; at < last; at++)
            {
                Apply(spec, _operands[at]);
            }
        }

        foreach (var operand in _operands.Skip(at))
        {
            Unknown(operand);
        }
    }

    private void JudgeOpen()
    {
        // Each word is at least one operand, or may be: beyond the places that there are, nothing is known of it.
        var places = _specs.Exists(spec => spec.IsMany || spec.Role.TakesRest) ? _operands.Count : _specs.Count;
        foreach (var operand in _operands.Skip(places))
        {
            Unknown(operand);
        }

        var first = Enumerable.Range(0, _operands.Count).Where(index => IsMany(_operands[index])).Append(0).Min();
        for (var index = 0; index < _operands.Count; index++)
        {
            var operand = _operands[index];
            // Before the first open word the places are sure, as far as each takes one.
            var sure = index < first && _specs.Take(index + 1).Count(spec => !spec.IsOptional && !spec.IsMany) == index + 1;
            var specs = sure ? [_specs[index]] : LastIsSure(index) ? [_specs[^1]] : _specs;
            if (specs.Count == 0)
            {
                Unknown(operand);
            }

            foreach (var spec in specs)
            {
                if (spec.Role.TakesRest)
                {
                    JudgeRest(spec, index);
                }
                else
                {
                    Apply(spec, operand);
                }
            }
        }
    }

    private bool LastIsSure(int index) =>
        index == _operands.Count - 1 && !IsMany(_operands[index]) && _specs is [.., { IsOptional: false, IsMany: false, Role.TakesRest: false }];

    private void JudgeMissing(OperandSpec spec)
    {
        if (spec.Missing.Length > 0)
        {
            _command.Add(spec.Missing);
        }
        else if (!spec.IsOptional)
        {
            _command.Findings.AddMessage("program.unknown-operand", _command.Call.Span, $"{_command.Title} lacks an operand.");
        }
    }

    private void JudgeRest(OperandSpec spec, int at)
    {
        var rest = _operands.Skip(at).ToList();
        if (spec.Rule.Length > 0)
        {
            _command.Add(spec.Rule);
        }

        if (spec.Role.Name == "env-command")
        {
            var assignments = rest.TakeWhile(word => word.Text.IndexOf('=', StringComparison.Ordinal) > 0).ToList();
            assignments.ForEach(word => Role.Environment(word, _command));
            rest.RemoveRange(0, assignments.Count);
            if (rest.Count == 0)
            {
                JudgeMissing(spec);
            }
        }

        if (spec.Role.Name is "command" or "env-command")
        {
            _command.Call.Carry(rest);
        }
        else
        {
            // The program joins its words with blanks and gives the text to a shell.
            var text = string.Join(' ', rest.Select(word => word.Text));
            var span = TextSpan.FromTo(rest[0].Span.Start, rest[^1].Span.End);
            spec.Role.Apply(new Argument(span, text, rest.Any(word => word.Splits), rest.Any(word => word.Globs)), _command);
        }
    }

    private void Apply(OperandSpec spec, Argument operand)
    {
        if (spec.Match.Count > 0 && WordPattern.AnyMatches(spec.Match, operand) != Truth.Yes)
        {
            Unknown(operand);
        }

        if (spec.Rule.Length > 0)
        {
            _command.Findings.Add(spec.Rule, operand);
        }

        spec.Role.Apply(operand, _command);
    }

    private void Unknown(Argument operand) =>
        _command.Findings.AddMessage("program.unknown-operand", operand.Span, $"`{operand.Display}` is an operand of which nothing is known for {_command.Title}.");
}

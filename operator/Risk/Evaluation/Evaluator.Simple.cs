using RunbookOperator.Risk.Knowledge;
using RunbookOperator.Risk.Syntax;

namespace RunbookOperator.Risk.Evaluation;

internal sealed partial class Evaluator
{
    private CommandOutput WalkSimple(SimpleCommand simple, CommandOutput input)
    {
        // `IFS= read` only says how that one line is divided.
        var reads = simple.Words is [var first, ..] && first.Literal == "read";
        foreach (var assignment in simple.Assignments.Concat(simple.Declarations))
        {
            WalkAssignment(assignment, steers: !(reads && assignment.Name == "IFS"));
        }

        foreach (var word in simple.Words)
        {
            WalkWord(word);
        }

        var arguments = _expander.Expand(simple.Words);
        var declares = simple.Declarations.Count > 0;
        input = WalkRedirections(simple.Redirections, input, WritesNothing(arguments));
        if (arguments.Count == 0)
        {
            return default;
        }

        return Run(arguments, simple.Span, input, declares);
    }

    private void WalkAssignment(Assignment assignment, bool steers)
    {
        foreach (var child in Children.Of(assignment))
        {
            _ = Walk(child, default);
        }

        foreach (var subscript in assignment.Subscripts)
        {
            WalkPart(subscript);
        }

        var value = assignment.Value is { } word ? _expander.Expand(word) : null;
        if (EnvironmentRules.ShowsPassword(assignment.Name, value))
        {
            _findings.Add("program.secret", assignment.Span, $"`{assignment.Name}`");
        }

        if (steers && EnvironmentRules.Steers(assignment.Name, value))
        {
            _findings.Add("shell.environment", assignment.Span, $"`{assignment.Name}`");
        }
        else
        {
            _findings.Add("shell.state", assignment.Span, $"Setting `{assignment.Name}`");
        }
    }

    /// <summary>Whether a redirection of this command can only empty its target.</summary>
    private static bool WritesNothing(List<Argument> arguments) => arguments switch
    {
        [] or [{ Text: ":" or "true" or "false" }, ..] => true,
        [{ Text: "cat" }, .. var files] => files.Count > 0 && files.All(file => file.Text == "/dev/null"),
        _ => false,
    };

    private CommandOutput Run(IReadOnlyList<Argument> arguments, TextSpan span, CommandOutput input, bool declares = false)
    {
        var program = arguments[0];
        if (arguments.FirstOrDefault(IsPlaceholder) is { } placeholder)
        {
            _findings.Add("shell.placeholder", placeholder);
        }

        if (!program.IsLiteral)
        {
            _findings.Add("shell.unknown-command", program);
            return default;
        }

        foreach (var argument in arguments)
        {
            if (TextGuard.MixesScripts(argument.Text))
            {
                _findings.Add("text.look-alike", argument);
            }
        }

        // The body was judged at its definition; whether it is this function that runs is sure only behind it.
        if (_carried == 0 && _variables.Functions.TryGetValue(program.Text, out var defined) && defined <= program.Span.Start)
        {
            _findings.Add("shell.function", program.Span, $"`{program.Display}`");
            return default;
        }

        return JudgeProgram(program, [.. arguments.Skip(1)], span, input, declares);
    }

    private CommandOutput JudgeProgram(Argument program, List<Argument> arguments, TextSpan span, CommandOutput input, bool declares)
    {
        var name = program.Text[(program.Text.LastIndexOf('/') + 1)..];
        if (!ProgramCatalog.IsBuiltin(program.Text))
        {
            _findings.AddProgram(ProgramCatalog.IsOfTheSystem(program.Text) ? name : program.Text);
        }

        if (_programs.Catalog.Find(program.Text) is { } knowledge)
        {
            _programs.Site.Raise(name, arguments, span, _findings);
            return knowledge.Judge(new Invocation(
                name, arguments, span, input, _findings, words => Carry(words, input), (text, shell) => CarryText(text, shell, input)) { DeclaresOnly = declares });
        }

        if (!ProgramCatalog.IsOfTheSystem(program.Text) || !_programs.Site.Judge(name, arguments, span, _findings))
        {
            _findings.AddMessage("program.unknown", program.Span, $"`{program.Display}` is a program of which nothing is known.");
        }

        return default;
    }

    private static bool IsPlaceholder(Argument argument) =>
        argument.Text is "..." or "…" || argument.Text.StartsWith("{{", StringComparison.Ordinal) && !argument.Text.Contains("}}", StringComparison.Ordinal);

    /// <summary>Judges redirections and says what standard input holds after them.</summary>
    private CommandOutput WalkRedirections(IReadOnlyList<Redirection> redirections, CommandOutput input, bool writesNothing)
    {
        foreach (var redirection in redirections)
        {
            WalkWord(redirection.Target);
            NoteSteering(redirection.Variable ?? "", null, redirection.Span);
            var target = _expander.Expand(redirection.Target);
            switch (redirection.Kind)
            {
                case RedirectionKind.Text:
                    input = new CommandOutput(target.Text, IsPiped: true);
                    break;
                case RedirectionKind.Read:
                    Files.Read(target, _findings);
                    input = new CommandOutput(target is { IsLiteral: true, Text: "/dev/null" } ? "" : null, IsPiped: true);
                    break;
                case RedirectionKind.Duplicate:
                    break;
                default:
                    Files.Write(target with { Span = redirection.Span }, _findings, empties: writesNothing && redirection.Kind == RedirectionKind.Write);
                    break;
            }
        }

        return input;
    }
}

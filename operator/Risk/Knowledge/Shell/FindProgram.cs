using RunbookOperator.Risk.Evaluation;

namespace RunbookOperator.Risk.Knowledge.Shell;

/// <summary><c>find</c>: tests with their arity, and actions that delete, write or run a command for what is found.</summary>
internal sealed class FindProgram : IProgram
{
    private static readonly HashSet<string> Plain = Set(
        "-H -L -P -O0 -O1 -O2 -O3 -empty -executable -readable -writable -nouser -nogroup -xdev -mount -depth -d -daystart -follow -noleaf -nowarn -warn "
        + "-ignore_readdir_race -noignore_readdir_race -prune -print -print0 -ls -quit -true -false -a -and -o -or -not ! ( ) , -help --help -version --version");

    private static readonly HashSet<string> WithValue = Set(
        "-name -iname -path -ipath -wholename -iwholename -regex -iregex -lname -ilname -type -xtype -size -mtime -ctime -atime -mmin -cmin -amin -newer "
        + "-anewer -cnewer -newermt -newerct -newerat -newermm -maxdepth -mindepth -perm -user -group -uid -gid -links -inum -samefile -fstype -regextype -used -printf -context");

    /// <summary>How many names that tests ask for are followed one by one.</summary>
    private const int MaximumNames = 8;

    /// <inheritdoc/>
    public IEnumerable<string> Names => ["find"];

    /// <inheritdoc/>
    public CommandOutput Judge(Invocation call)
    {
        call.Findings.Add("file.find", call.Span, "`find`");
        var starts = new List<Argument>();
        for (var at = 0; at < call.Arguments.Count; at++)
        {
            var word = call.Arguments[at];
            if (word.CouldBeFlag || word.GlobsFromStart)
            {
                call.Findings.Add("shell.unquoted", word);
            }
            else if (!BeginsExpression(word))
            {
                starts.Add(word);
            }
            else if (!word.IsLiteral || !Plain.Contains(word.Text))
            {
                at = JudgeAction(call, at, starts);
            }
        }

        return default;
    }

    private static bool BeginsExpression(Argument word) => word.Text is ['-', _, ..] or ['(', ..] or [')', ..] or ['!', ..] or [',', ..];

    /// <summary>Judges the test or action at <paramref name="at"/>, and says where it ends.</summary>
    private static int JudgeAction(Invocation call, int at, List<Argument> starts)
    {
        var word = call.Arguments[at];
        var name = word.IsLiteral ? word.Text : "";
        var value = at + 1 < call.Arguments.Count ? call.Arguments[at + 1] : null;
        switch (name)
        {
            case "-delete":
                call.Findings.Add("file.delete", word);
                return at;
            case "-exec" or "-ok" or "-execdir" or "-okdir":
                return JudgeCommand(call, at, starts);
            case "-fprint" or "-fprint0" or "-fls" or "-fprintf" when value is not null:
                Files.Write(value, call.Findings);
                return name == "-fprintf" ? at + 2 : at + 1;
            case var _ when WithValue.Contains(name) && value is not null:
                RequireOneWord(call, value);
                return at + 1;
            default:
                call.Findings.AddMessage("program.unknown-flag", word.Span, $"`{word.Display}` is an unknown test or action of find.");
                return at;
        }
    }

    private static int JudgeCommand(Invocation call, int at, List<Argument> starts)
    {
        var inPlace = call.Arguments[at].Text is "-exec" or "-ok";
        var words = new List<Argument>();
        var end = at + 1;
        for (; end < call.Arguments.Count; end++)
        {
            var word = call.Arguments[end];
            if (word is { IsLiteral: true, Text: ";" } || (word is { IsLiteral: true, Text: "+" } && words is [.., { Text: var last }] && last == "{}"))
            {
                break;
            }

            words.Add(word);
        }

        if (end == call.Arguments.Count)
        {
            call.Findings.AddMessage("program.unknown-use", call.Arguments[at].Span, "The command of find does not end in `;` or `{} +`.");
        }

        var names = words.Exists(word => word.Text.Contains("{}", StringComparison.Ordinal)) ? NamesBefore(call.Arguments, at) : ["*"];
        // A word that holds a start which is not known stands for all that are.
        foreach (var start in starts.Count > 0 ? starts : [new Argument(call.Span, ".")])
        {
            names.ForEach(name => call.Carry([.. words.Select(word => Found(word, inPlace ? start : null, name))]));
        }

        return end;
    }

    /// <summary>
    /// The names that what is found at <paramref name="at"/> can have: those that tests ask for. With a test that turns others round, or more names than
    /// are worth following, any name.
    /// </summary>
    private static List<string> NamesBefore(IReadOnlyList<Argument> words, int at)
    {
        var names = new List<string>();
        for (var index = 0; index < at; index++)
        {
            var isTest = words[index].Text is "-name" or "-iname" or "-path" or "-ipath" or "-wholename" or "-iwholename";
            if (isTest && words[index + 1] is { IsLiteral: true } value)
            {
                names.Add(value.Text[(value.Text.LastIndexOf('/') + 1)..]);
            }
        }

        var isOpen = names.Count is 0 or > MaximumNames || words.Take(at).Any(word => word.Text is "!" or "-not" or "-o" or "-or" or ",");
        return isOpen && names.Count <= MaximumNames ? [.. names, "*"] : isOpen ? ["*"] : names;
    }

    /// <summary>The word with the path of a found file for <c>{}</c>: it begins with the start, so it is never a flag.</summary>
    private static Argument Found(Argument word, Argument? start, string name)
    {
        if (!word.Text.Contains("{}", StringComparison.Ordinal))
        {
            return word;
        }

        // Somewhere below the start, and named as the last -name says.
        var known = start is { IsLiteral: true, Text.Length: > 0 };
        var path = known ? $"{start!.Text.TrimEnd('/')}/*/{name}" : Argument.Opaque.ToString();
        return word with { Text = word.Text.Replace("{}", path, StringComparison.Ordinal), Globs = true };
    }

    private static void RequireOneWord(Invocation call, Argument value)
    {
        if (value.Splits || (value.Globs && (value.Text == "*" || value.Text.Contains('/', StringComparison.Ordinal))))
        {
            call.Findings.Add("shell.unquoted", value);
        }
    }

    private static HashSet<string> Set(string words) => words.Split(' ').ToHashSet(StringComparer.Ordinal);
}

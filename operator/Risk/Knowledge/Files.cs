using System.Buffers;
using RunbookOperator.Risk.Evaluation;

namespace RunbookOperator.Risk.Knowledge;

/// <summary>What reading or writing a path means.</summary>
internal static class Files
{
    // What stands for names that are not known: patterns and the markers of values.
    private static readonly SearchValues<char> Wild = SearchValues.Create('*', '?', '[', Argument.Bounded, Argument.Opaque, Argument.Names);

    private static readonly string[] SecretNames;
    private static readonly string[] SecretParts;
    private static readonly string[] PlainNames;
    private static readonly string[] AboveSecrets;
    private static readonly string[] SystemRoots;
    private static readonly string[] SystemNames;
    private static readonly string[] SystemParts;
    private static readonly string[] SystemData;
    private static readonly string[] Harmless;

    static Files()
    {
        var lists = Tables.Lists("files.yaml");
        (SecretNames, SecretParts, PlainNames, AboveSecrets) = (lists.Words("secretNames"), lists.Words("secretParts"), lists.Words("plainNames"), lists.Words("aboveSecrets"));
        (SystemRoots, SystemNames, SystemParts, Harmless) = (lists.Words("system"), lists.Words("systemNames"), lists.Words("systemParts"), lists.Words("harmless"));
        SystemData = lists.Words("systemData");
        lists.Done();
    }

    /// <summary>Judges reading <paramref name="path"/>; with <paramref name="recursive"/> everything below it is read too.</summary>
    public static void Read(Argument path, Findings findings, bool recursive = false)
    {
        var text = Normalize(path.Text);
        NoteRelative(text, path, findings);
        if (IsSecret(text) || ((recursive || path.Globs || path.HasMarker) && IsAboveSecret(text)))
        {
            findings.Add("file.secret", path);
        }
        else if (BeginsUnknown(text) || path.HasOpaque)
        {
            // What is not bounded can hold `..` and climb from any directory.
            findings.Add("file.unknown", path);
        }
        else
        {
            findings.Add("file.read", path);
        }
    }

    /// <summary>Judges writing <paramref name="path"/>; with <paramref name="empties"/> nothing but emptying it is done.</summary>
    public static void Write(Argument path, Findings findings, bool empties = false)
    {
        var text = Normalize(path.Text);
        NoteRelative(text, path, findings);
        if (Harmless.Contains(text) || IsDescriptor(text))
        {
            findings.AddMessage("shell.print", path.Span, $"Writing to `{path.Display}` keeps nothing.");
        }
        else if (IsSystem(text) || IsSystem(FromRoot(text)))
        {
            findings.Add("file.system", path.Span, $"Writing to `{path.Display}`");
        }
        else if (text.StartsWith(Argument.Opaque) || EndsInSystem(text) || IsWhollyUnknown(path) || path.Splits && path.HasOpaque)
        {
            findings.Add("file.unknown", path);
        }
        else
        {
            findings.Add(empties ? "file.empty" : "file.write", path.Span, $"Redirecting to `{path.Display}`");
        }
    }

    /// <summary>Judges that <paramref name="path"/> is made, moved or given another owner or mode, while its content stays; <paramref name="guards"/> says that a secret is only guarded better.</summary>
    public static void Keep(Argument path, Findings findings, bool guards = false)
    {
        var text = Normalize(path.Text);
        NoteRelative(text, path, findings);
        if (IsAboveSystem(text) || (!guards && IsSecret(text)) || (IsSystem(text, guards) && !IsPlainData(text)) || (text.StartsWith("..", StringComparison.Ordinal) && IsSystem(FromRoot(text), guards)))
        {
            findings.Add("file.system", path);
        }
        else if (text.StartsWith(Argument.Opaque) || EndsInSystem(text) || (path.Splits && path.HasOpaque))
        {
            findings.Add("file.unknown", path);
        }
        else
        {
            findings.Add("file.write", path);
        }
    }

    /// <summary>Whether <paramref name="path"/> is the directory for temporary files or stands below it, where nothing of value is kept.</summary>
    public static bool IsTemporary(Argument path) =>
        path.IsLiteral && path.Text.StartsWith("/tmp", StringComparison.Ordinal) && (Normalize(path.Text) + "/").StartsWith("/tmp/", StringComparison.Ordinal);

    // Where it leads is known only as long as nothing changes the working directory. What begins with a value is judged as such.
    private static void NoteRelative(string text, Argument path, Findings findings)
    {
        if (text is not ['/', ..] && !path.BeginsUnknown)
        {
            findings.AddRelative(path);
        }
    }

    private static bool IsDescriptor(string text) =>
        text.StartsWith("/dev/fd/", StringComparison.Ordinal) && text.AsSpan(8).IndexOfAnyExceptInRange('0', '9') < 0;

    // A bounded value alone may be the path of any file.
    private static bool IsWhollyUnknown(Argument path) => path.HasMarker && path.Text.All(c => c is Argument.Bounded or Argument.Opaque or Argument.Names or '/') && path.Text[0] != '/';

    // Behind `/`, `/var/` or `~/` a value may be the rest of a path that steers the system or its user.
    private static bool EndsInSystem(string text)
    {
        var marker = text.AsSpan().IndexOfAny(Argument.Bounded, Argument.Opaque, Argument.Names);
        var directory = marker < 0 ? "" : text[..(text.LastIndexOf('/', marker) + 1)];
        return directory.StartsWith('/') ? SystemRoots.Any(root => root.StartsWith(directory, StringComparison.Ordinal)) || IsHome(directory, "/home/", 2)
            : directory.StartsWith('~') && IsHome(directory, "~", 1);
    }

    private static bool IsHome(string directory, string root, int depth) =>
        directory.StartsWith(root, StringComparison.Ordinal) && directory.Trim('/').Split('/').Length <= depth;

    // `-` is standard input.
    private static bool BeginsUnknown(string text) =>
        text.Length > 0 && text[0] is Argument.Bounded or Argument.Opaque or Argument.Names || text.Contains("{{", StringComparison.Ordinal);

    private static bool IsSecret(string text)
    {
        var name = text[(text.LastIndexOf('/') + 1)..];
        if (PlainNames.Contains(name))
        {
            return false;
        }

        var device = text.StartsWith("/dev/", StringComparison.Ordinal) && !Harmless.Contains(text) && !IsDescriptor(text);
        var rooted = text.StartsWith('~') ? text[1..] : "/" + text;
        return device || SecretNames.Any(pattern => Matches(pattern, name)) || SecretParts.Any(part => (rooted + "/").Contains(part, StringComparison.Ordinal));
    }

    // A path that climbs is taken to reach the root.
    private static string FromRoot(string text) =>
        text == ".." || text.StartsWith("../", StringComparison.Ordinal) ? "/" + string.Join('/', text.Split('/').SkipWhile(part => part == "..")) : text;

    /// <summary>Whether a directory, or the part of a path before what is not known of it, lies above secrets.</summary>
    private static bool IsAboveSecret(string text)
    {
        text = FromRoot(text);
        var star = text.AsSpan().IndexOfAny(Wild);
        var directory = star < 0 ? text : text[..(text.LastIndexOf('/', star) + 1)];
        directory = directory.Length > 1 ? directory.TrimEnd('/') : directory;
        return AboveSecrets.Contains(directory) || directory.StartsWith('~') || directory.StartsWith("/home/", StringComparison.Ordinal)
            || directory.StartsWith("/proc/", StringComparison.Ordinal);
    }

    // What programs keep below /var/lib is theirs, unless they rule the machine.
    private static bool IsPlainData(string text) =>
        text.StartsWith("/var/lib/", StringComparison.Ordinal) && text.AsSpan(9).IndexOfAny(Wild) != 0 && !SystemData.Any(name => IsBelow(text, "/var/lib/" + name));

    /// <summary>Whether a directory, or what a pattern finds in it, holds parts of the system.</summary>
    private static bool IsAboveSystem(string text)
    {
        if (text.Length == 0 || text.Split('/').All(part => part == ".."))
        {
            return true;
        }

        var star = text.AsSpan().IndexOfAny('*', '?', '[');
        var directory = (star < 0 ? text : text[..(text.LastIndexOf('/', star) + 1)]).TrimEnd('/') + "/";
        return directory == "/" ? text.StartsWith('/') : SystemRoots.Any(root => root.StartsWith(directory, StringComparison.Ordinal));
    }

    private static bool IsBelow(string text, string root) => text == root || text.StartsWith(root + "/", StringComparison.Ordinal);

    private static bool IsSystem(string text, bool guards = false)
    {
        var name = text[(text.LastIndexOf('/') + 1)..];
        var rooted = text.StartsWith('~') ? text[1..] : "/" + text;
        return SystemRoots.Any(root => IsBelow(text, root))
            || (!guards && (SystemNames.Contains(name) || SystemParts.Any(part => rooted.Contains(part, StringComparison.Ordinal)) || IsSecret(text)));
    }

    /// <summary>Lower case, and without <c>//</c>, <c>/./</c> and <c>..</c>: a path above its own start keeps its dots.</summary>
    private static string Normalize(string text)
    {
        var parts = new List<string>();
        foreach (var part in text.ToLowerInvariant().Split('/'))
        {
            if (part == ".." && parts.Count > 0 && parts[^1] is not ("" or ".."))
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (part != "." && !(part.Length == 0 && parts.Count > 0) && !(part == ".." && parts is [""]))
            {
                parts.Add(part);
            }
        }

        return parts is [""] && text.StartsWith('/') ? "/" : string.Join('/', parts);
    }

    private static bool Matches(string pattern, string name) => pattern switch
    {
        ['*', .. var middle, '*'] => name.Contains(middle, StringComparison.Ordinal),
        ['*', .. var ending] => name.EndsWith(ending, StringComparison.Ordinal),
        [.. var beginning, '*'] => name.StartsWith(beginning, StringComparison.Ordinal),
        _ => name == pattern,
    };
}

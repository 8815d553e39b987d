using System.Text;
using RunbookOperator.Api;

namespace RunbookOperator.Learning;

/// <summary>Makes names of steps from people's words.</summary>
internal static class StepNames
{
    private const string Fallback = "step";

    /// <summary>A name of lower case letters, digits and dashes, at most <see cref="Limits.Name"/> long, that is none of
    /// <paramref name="taken"/>; it is added to them.</summary>
    public static string Unique(string text, HashSet<string> taken)
    {
        var slug = Slug(text);
        var name = slug;
        for (var number = 2; !taken.Add(name); number++)
        {
            var suffix = $"-{number}";
            name = Cut(slug, Limits.Name - suffix.Length) + suffix;
        }

        return name;
    }

    private static string Slug(string text)
    {
        var slug = new StringBuilder();
        foreach (var c in text)
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                slug.Append(char.ToLowerInvariant(c));
            }
            else if (slug.Length > 0 && slug[^1] != '-')
            {
                slug.Append('-');
            }

            if (slug.Length > Limits.Name)
            {
                break;
            }
        }

        var name = Cut(slug.ToString(), Limits.Name);
        return name.Length == 0 ? Fallback : name;
    }

    private static string Cut(string name, int length) => (name.Length > length ? name[..length] : name).Trim('-');
}

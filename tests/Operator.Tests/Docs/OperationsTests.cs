using System.Globalization;
using System.Reflection;
using RunbookOperator.Alerts;
using RunbookOperator.Api;
using RunbookOperator.Documents;
using RunbookOperator.Git;
using RunbookOperator.Hosting;

namespace RunbookOperator.Operator.Tests.Docs;

public sealed class OperationsTests
{
    private const string Page = "docs/operations.md";

    private static readonly Type[] LimitTypes = [typeof(Limits), typeof(AlertLimits), typeof(GitLimits), typeof(DocumentLimits)];

    [Fact]
    public void The_settings_are_those_of_the_options()
    {
        var settings = Settings.Select(setting => CamelCase(setting.Name));

        Assert.Equal(settings, Pages.Table(Page, "setting").Select(row => row[0].Trim('`')));
    }

    [Fact]
    public void The_defaults_are_those_of_the_options()
    {
        var options = new OperatorOptions();
        foreach (var row in Pages.Table(Page, "setting").Where(row => row[1].StartsWith('`') && row[1].Count(c => c == '`') == 2 && row[1].EndsWith('`')))
        {
            var setting = Settings.Single(setting => CamelCase(setting.Name) == row[0].Trim('`'));

            Assert.Equal((row[0], Text(setting.GetValue(options))), (row[0], row[1].Trim('`')));
        }
    }

    [Fact]
    public void The_limits_are_those_of_the_code()
    {
        var limits = LimitTypes.SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.IsLiteral)
            .Select(field => ($"`{type.Name}.{field.Name}`", (int)field.GetRawConstantValue()!)));

        Assert.Equal(limits, Pages.Table(Page, "limit").Select(row => (row[0], Number(row[1]))));
    }

    [Fact]
    public void Every_reason_is_told_once()
    {
        var reasons = typeof(Reasons).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => $"`{field.GetRawConstantValue()}`");

        Assert.Equal(reasons.Order(StringComparer.Ordinal), Pages.Table(Page, "reason").Select(row => row[0]).Order(StringComparer.Ordinal));
    }

    private static IEnumerable<PropertyInfo> Settings => typeof(OperatorOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance);

    private static string CamelCase(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    private static string Text(object? value) => value is bool flag ? flag ? "true" : "false" : Convert.ToString(value, CultureInfo.InvariantCulture)!;

    private static int Number(string cell) => cell.Split(' ') switch
    {
        [var number] => int.Parse(number, CultureInfo.InvariantCulture),
        [var number, "KiB"] => int.Parse(number, CultureInfo.InvariantCulture) * 1024,
        [var number, "MiB"] => int.Parse(number, CultureInfo.InvariantCulture) * 1024 * 1024,
        _ => throw new FormatException(cell),
    };
}

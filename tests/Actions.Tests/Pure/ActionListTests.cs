using System.Text;
using RunbookOperator.Risk;
using RunbookOperator.TestKit;

namespace RunbookOperator.Actions.Tests;

public sealed class ActionListTests
{
    [Fact]
    public void The_list_of_actions_says_of_each_what_it_does_and_risks()
    {
        var list = new StringBuilder("""
            # Actions

            What a step can do without a command: `uses` names one, `with` holds its inputs. Each page says what it takes, touches and risks, and what undoes it.
            `kubectl runbook explain NAME` says the same in a terminal. The risk here is that of the page's example; other inputs may have another.

            | action | risk | what it does |
            |---|---|---|

            """);
        foreach (var action in ActionCatalog.Default.All)
        {
            var (name, description) = (action.Declaration.Name, action.Declaration.Description);
            list.Append($"| [{name}]({name}/README.md) | {action.Assess(ReadmeTests.InputsOf(name)).Risk.ToText()} | {description} |\n");
        }

        Golden.Equal("actions/README.md", list.ToString());
    }
}

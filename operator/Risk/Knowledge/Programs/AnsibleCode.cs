namespace RunbookOperator.Risk.Knowledge.Programs;

/// <summary>The arguments of <c>ansible</c> are a command with the modules that run one, which is the default.</summary>
internal sealed class AnsibleCode : IProgramCode
{
    /// <inheritdoc/>
    public void Judge(TableCommand command)
    {
        var module = command.Value("--module-name");
        var runs = module is not { IsLiteral: true } || module.Text is "command" or "shell" or "ansible.builtin.command" or "ansible.builtin.shell";
        if (runs && !command.IsOn("--list-hosts") && command.Value("--args") is { } text)
        {
            command.Call.CarryText(text, Evaluation.ShellText.AnotherShell);
        }
    }
}

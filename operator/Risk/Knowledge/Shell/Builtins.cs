namespace RunbookOperator.Risk.Knowledge.Shell;

/// <summary>The shell's own commands.</summary>
internal static class Builtins
{
    /// <summary>All builtins that are known.</summary>
    public static IEnumerable<IProgram> All =>
    [
        new PlainBuiltin("shell.state", "true", "false", ":", "exit", "return", "break", "continue", "shift", "pwd", "times", "umask", "dirs"),
        new PlainBuiltin("shell.background", "sleep"),
        new WaitBuiltin(),
        new HashBuiltin(),
        new DirectoryBuiltin(),
        new PrintBuiltin(),
        new TestBuiltin(),
        new DeclareBuiltin(),
        new ReadBuiltin(),
        new SetBuiltin(),
        new CommandBuiltin(),
        new EvalBuiltin(),
        new TrapBuiltin(),
        new ExecBuiltin(),
        new XargsProgram(),
        new FindProgram(),
        new OpaqueBuiltin(),
    ];
}

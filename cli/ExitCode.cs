namespace RunbookOperator.Cli;

/// <summary>Every exit code of the program, and nowhere else. 0 and 1 are kubectl's; the others are said with their verb.</summary>
internal static class ExitCode
{
    /// <summary>Done. Of <c>validate</c>: nothing to find fault with. Of <c>follow</c> and <c>wait</c>: the run succeeded.</summary>
    public const int Success = 0;

    /// <summary>Not done. Of <c>validate</c>: there are errors in the files. Of <c>follow</c> and <c>wait</c>: the run failed.</summary>
    public const int Failure = 1;

    /// <summary>Of <c>validate</c>: it could not look, because of its arguments or because a file could not be read.</summary>
    public const int NotValidated = 2;

    /// <summary>Of <c>follow</c> and <c>wait</c>: the run was aborted, or a person said no.</summary>
    public const int StoppedByPerson = 2;

    /// <summary>Of <c>wait</c>: the run was not over at its <c>--timeout</c>.</summary>
    public const int StillWaiting = 3;

    /// <summary>Ctrl-C: 128 and the number of the signal, as shells have it.</summary>
    public const int Interrupted = 130;

    /// <summary>The code for arguments that <paramref name="verb"/> cannot use.</summary>
    public static int Usage(string verb) => verb == "validate" ? NotValidated : Failure;
}

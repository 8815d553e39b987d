using RunbookOperator.Risk.Evaluation;

namespace RunbookOperator.Risk.Knowledge;

/// <summary>What is known of one program or of a family.</summary>
internal interface IProgram
{
    /// <summary>The names it goes by.</summary>
    IEnumerable<string> Names { get; }

    /// <summary>Notes at least one finding about <paramref name="call"/> and says what the program prints, where that is known.</summary>
    CommandOutput Judge(Invocation call);
}

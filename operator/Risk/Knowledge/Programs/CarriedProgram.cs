using RunbookOperator.Risk.Evaluation;

namespace RunbookOperator.Risk.Knowledge.Programs;

/// <summary>A verb that is another program: <c>docker compose</c> is <c>docker-compose</c>, with all words behind it.</summary>
/// <param name="name">The other program.</param>
internal sealed class CarriedProgram(string name) : IProgramCode
{
    /// <inheritdoc/>
    public void Judge(TableCommand command) =>
        // `minikube kubectl -- get pods`: the dashes end the flags of the program before.
        command.Call.Carry([new Argument(command.Call.Span, name), .. command.Operands.Skip(command.Operands is [{ IsLiteral: true, Text: "--" }, ..] ? 1 : 0)]);
}

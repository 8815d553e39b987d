namespace RunbookOperator.Actions;

/// <summary>What actions need of their surroundings beside the Kubernetes API. A program that only judges steps has none of it.</summary>
public sealed record ActionServices
{
    /// <summary>Nothing: every use is refused.</summary>
    public static ActionServices None { get; } = new();

    /// <summary>Reaches other systems.</summary>
    public IEgress Egress { get; init; } = new NoEgress();

    /// <summary>Proposes that a commit is taken back.</summary>
    public IReverts Reverts { get; init; } = new NoReverts();

    private sealed class NoEgress : IEgress
    {
        public Task<EgressAnswer> SendAsync(EgressRequest request, CancellationToken cancellationToken) =>
            throw new EgressException(EgressFailure.Refused, "this program does not speak to other systems");
    }

    private sealed class NoReverts : IReverts
    {
        private static ActionException Refusal => new("this program makes no pull requests");

        public Task<RevertState> ReadAsync(RevertRequest request, CancellationToken cancellationToken) => throw Refusal;

        public Task<RevertResult> ProposeAsync(RevertRequest request, RevertState state, CancellationToken cancellationToken) => throw Refusal;

        public Task<RevertResult> WithdrawAsync(RevertRequest request, RevertState state, CancellationToken cancellationToken) => throw Refusal;
    }
}

namespace RunbookOperator.Admission;

/// <summary>What a verdict depends on besides the request.</summary>
/// <param name="Keys">What stamps are sealed with.</param>
/// <param name="OperatorUsername">The operator's own account, which may write what people may not.</param>
/// <param name="Now">The moment of the request.</param>
/// <param name="MayImpersonate">Whether the requester may act as any user and group. Asked only where
/// <see cref="Stamper.DependsOnImpersonation"/> says so.</param>
internal sealed record AdmissionContext(HmacKeys Keys, string OperatorUsername, DateTimeOffset Now, bool MayImpersonate = false);

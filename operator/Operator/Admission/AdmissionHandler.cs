using System.Text.Json;
using System.Text.Json.Nodes;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Admission;

/// <summary>Answers an AdmissionReview: asks the <see cref="Stamper"/>, and the API server for what the stamper has to know.</summary>
/// <param name="keys">What stamps are sealed with.</param>
/// <param name="options">Who the operator is.</param>
/// <param name="client">The operator's own client, for access reviews.</param>
/// <param name="time">The clock.</param>
internal sealed class AdmissionHandler(HmacKeys keys, AdmissionOptions options, IKubernetesClient client, TimeProvider time)
{
    /// <summary>Answers the mutating half.</summary>
    public Task<AdmissionReview> MutateAsync(AdmissionRequest request, CancellationToken cancellationToken) =>
        AnswerAsync(request, Stamper.Mutate, cancellationToken);

    /// <summary>Answers the validating half.</summary>
    public Task<AdmissionReview> ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken) =>
        AnswerAsync(request, Stamper.Validate, cancellationToken);

    private async Task<AdmissionReview> AnswerAsync(
        AdmissionRequest request, Func<AdmissionRequest, AdmissionContext, AdmissionVerdict> decide, CancellationToken cancellationToken)
    {
        var context = new AdmissionContext(keys, options.OperatorUsername, time.GetUtcNow());
        if (Stamper.DependsOnImpersonation(request, context))
        {
            context = context with { MayImpersonate = await MayImpersonateAsync(request.UserInfo, cancellationToken) };
        }

        return Answer(request, decide(request, context));
    }

    private async Task<bool> MayImpersonateAsync(UserInfo user, CancellationToken cancellationToken)
    {
        foreach (var resource in new[] { "users", "groups" })
        {
            var review = new SubjectAccessReview
            {
                ApiVersion = SubjectAccessReview.Definition.ApiVersion,
                Kind = SubjectAccessReview.Definition.Kind,
                Spec = new SubjectAccessReviewSpec
                {
                    User = user.Username,
                    Uid = user.Uid,
                    Groups = user.Groups,
                    Extra = user.Extra,
                    ResourceAttributes = new ResourceAttributes { Verb = "impersonate", Resource = resource },
                },
            };
            if (await client.CreateAsync(review, cancellationToken) is not { Status.Allowed: true })
            {
                return false;
            }
        }

        return true;
    }

    private static AdmissionReview Answer(AdmissionRequest request, AdmissionVerdict verdict) => new()
    {
        Response = new AdmissionResponse
        {
            Uid = request.Uid,
            Allowed = verdict.Allowed,
            Status = verdict.Refusal is { } refusal ? new AdmissionStatus((int)verdict.Code, refusal, verdict.Code.ToString()) : null,
            Patch = verdict.Patch is { } patch ? JsonSerializer.SerializeToUtf8Bytes<JsonArray>(patch, KubernetesJson.Options) : null,
            PatchType = verdict.Patch is null ? null : "JSONPatch",
        },
    };
}

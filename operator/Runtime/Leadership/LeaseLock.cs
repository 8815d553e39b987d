using System.Text.Json.Nodes;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Runtime;

/// <summary>Takes, renews and releases the Lease. Each write carries the version that was read, so of two who try one fails.</summary>
internal sealed class LeaseLock(IKubernetesClient client, LeaderElectorOptions options, TimeProvider time)
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    // The last state seen of somebody else's lease, and when it was first seen by our own clock: theirs may be wrong.
    private (string? Holder, DateTimeOffset? Renewed) _seen;
    private long _seenAt;
    // The lease as we wrote it last: while nobody else writes, renewing needs no read.
    private Lease? _ours;

    /// <summary>Takes or renews the lease.</summary>
    /// <returns>Whether it is ours now.</returns>
    public async Task<bool> TryAcquireAsync(CancellationToken cancellationToken)
    {
        var known = _ours;
        _ours = null;
        var lease = known ?? await client.FindAsync<Lease>(options.Lease, cancellationToken);
        if (lease is null)
        {
            _ours = await client.CreateAsync(NewLease(), cancellationToken);
            return true;
        }

        var ours = lease.Spec?.HolderIdentity == options.Identity;
        if (!ours && !IsFree(lease))
        {
            return false;
        }

        _ours = await client.PatchAsync<Lease>(options.Lease, new Patch(PatchType.Merge, Claim(lease, ours)), cancellationToken);
        return true;
    }

    /// <summary>Gives the lease up, if it is still ours, so that another need not wait.</summary>
    public async Task<bool> ReleaseAsync(CancellationToken cancellationToken)
    {
        var lease = await client.FindAsync<Lease>(options.Lease, cancellationToken);
        if (lease?.Spec?.HolderIdentity != options.Identity)
        {
            return false;
        }

        var spec = new JsonObject { ["holderIdentity"] = "", ["leaseDurationSeconds"] = 1, ["renewTime"] = Now };
        await client.PatchAsync<Lease>(options.Lease, new Patch(PatchType.Merge, Versioned(lease, spec)), cancellationToken);
        return true;
    }

    private string Now => time.GetUtcNow().UtcDateTime.ToString(TimeFormat);

    private int DurationSeconds => (int)Math.Ceiling(options.LeaseDuration.TotalSeconds);

    private bool IsFree(Lease lease)
    {
        var state = (lease.Spec?.HolderIdentity, lease.Spec?.RenewTime);
        if (string.IsNullOrEmpty(state.HolderIdentity))
        {
            return true;
        }

        if (state != _seen)
        {
            (_seen, _seenAt) = (state, time.GetTimestamp());
            return false;
        }

        return time.GetElapsedTime(_seenAt) >= TimeSpan.FromSeconds(lease.Spec?.LeaseDurationSeconds ?? DurationSeconds);
    }

    private Lease NewLease() => new()
    {
        Metadata = new ObjectMeta { Name = options.Lease.Name, Namespace = options.Lease.Namespace },
        Spec = new LeaseSpec
        {
            HolderIdentity = options.Identity,
            LeaseDurationSeconds = DurationSeconds,
            AcquireTime = time.GetUtcNow(),
            RenewTime = time.GetUtcNow(),
            LeaseTransitions = 0,
        },
    };

    private JsonObject Claim(Lease lease, bool ours)
    {
        var spec = new JsonObject { ["renewTime"] = Now, ["leaseDurationSeconds"] = DurationSeconds };
        if (!ours)
        {
            spec["holderIdentity"] = options.Identity;
            spec["acquireTime"] = Now;
            spec["leaseTransitions"] = (lease.Spec?.LeaseTransitions ?? 0) + 1;
        }

        return Versioned(lease, spec);
    }

    private static JsonObject Versioned(Lease lease, JsonObject spec) => new()
    {
        ["metadata"] = new JsonObject { ["resourceVersion"] = lease.Metadata.ResourceVersion },
        ["spec"] = spec,
    };
}

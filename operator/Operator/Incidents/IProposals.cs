using RunbookOperator.Api;

namespace RunbookOperator.Incidents;

/// <summary>Makes proposals from an incident that is over.</summary>
public interface IProposals
{
    /// <summary>Proposes what the incident teaches. Asked again after a crash, it finds what it proposed before and proposes nothing twice.</summary>
    Task<IReadOnlyList<IncidentSuggestion>> ProposeAsync(
        Incident incident, IReadOnlyList<RunbookExecution> executions, CancellationToken cancellationToken);
}

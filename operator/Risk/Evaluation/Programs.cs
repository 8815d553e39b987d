using RunbookOperator.Risk.Knowledge;

namespace RunbookOperator.Risk.Evaluation;

/// <summary>What is known of programs: the classifier's own knowledge, and what the site says.</summary>
internal sealed record Programs(ProgramCatalog Catalog, SitePrograms Site);

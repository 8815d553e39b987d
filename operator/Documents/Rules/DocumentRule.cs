namespace RunbookOperator.Documents;

/// <summary>One rule that a problem can name.</summary>
/// <param name="Id">Stable id, such as <c>RBK007</c>.</param>
/// <param name="Title">What it is about, a few words.</param>
/// <param name="Explanation">Why, and what to do: one to four sentences.</param>
public sealed record DocumentRule(string Id, string Title, string Explanation);

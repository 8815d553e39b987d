namespace RunbookOperator.Documents;

/// <summary>A file cannot be edited in place: what is named is not there, or the text is of a form that cannot be changed without touching more.</summary>
public sealed class EditException(string message) : Exception(message);

using System.Runtime.InteropServices;

namespace RunbookOperator.Risk.Evaluation;

/// <summary>What is known of the text that a command writes to its standard output, or reads from its standard input.</summary>
/// <param name="Text">The text, with the markers of <see cref="Argument"/>, where it is known.</param>
/// <param name="IsNames">Whether it is object names only, such as <c>kubectl get -o name</c> prints: each of them a bounded value.</param>
/// <param name="IsPiped">For an input: whether anything but the shell's own input is read.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CommandOutput(string? Text = null, bool IsNames = false, bool IsPiped = false);

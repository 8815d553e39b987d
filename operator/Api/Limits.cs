namespace RunbookOperator.Api;

/// <summary>Every bound of the resources, named once. Lengths are in characters unless they say bytes.</summary>
public static class Limits
{
    /// <summary>The longest name of a Runbook, a RunbookRepository or a step.</summary>
    public const int Name = 40;

    /// <summary>The most steps of a runbook.</summary>
    public const int Steps = 50;

    /// <summary>The longest <c>run</c> text, in bytes.</summary>
    public const int Run = 8 * 1024;

    /// <summary>The most parameters of a runbook.</summary>
    public const int Parameters = 30;

    /// <summary>The longest value of a parameter or output.</summary>
    public const int Value = 1024;

    /// <summary>The most <c>when</c> entries of a step.</summary>
    public const int When = 10;

    /// <summary>The most earlier steps that a step needs.</summary>
    public const int Needs = 10;

    /// <summary>How many runs may follow the first in a line of child runs and escalations.</summary>
    public const int LineDepth = 3;

    /// <summary>The most further tries of a failed step.</summary>
    public const int Retries = 10;

    /// <summary>The most environment variables of a runbook, or of a step.</summary>
    public const int Environment = 30;

    /// <summary>The most finished runs of a runbook that history may ask for.</summary>
    public const int History = 1000;

    /// <summary>The largest Runbook as JSON, in bytes.</summary>
    public const int RunbookBytes = 64 * 1024;

    /// <summary>The most alerts kept on an incident; the newest stay.</summary>
    public const int Alerts = 100;

    /// <summary>The largest alert kept on an incident, in bytes; its annotations are cut first, then its labels.</summary>
    public const int AlertBytes = 4 * 1024;

    /// <summary>The most entries of an incident's timeline; the newest stay.</summary>
    public const int Timeline = 200;

    /// <summary>The most labels, and the most annotations, of an alert.</summary>
    public const int AlertLabels = 100;

    /// <summary>The most notes, and the most commands, of an incident.</summary>
    public const int Notes = 100;

    /// <summary>The longest note or command.</summary>
    public const int Note = 2 * 1024;

    /// <summary>How much of a step's output is kept, in bytes: the end of it.</summary>
    public const int Output = 4 * 1024;

    /// <summary>How much the outputs of a run may take together, in bytes as encoded in JSON.</summary>
    public const int OutputsTogether = 96 * 1024;

    /// <summary>What the oldest outputs are cut to when all together are too long, in bytes.</summary>
    public const int OutputCut = 256;

    /// <summary>How much of a command with its values filled in is kept once its step has ended.</summary>
    public const int CommandCut = 256;

    /// <summary>The longest output that a jsonPath is looked for in.</summary>
    public const int JsonOutput = 1024 * 1024;

    /// <summary>The most parts of a jsonPath.</summary>
    public const int PathParts = 20;

    /// <summary>The most of a pod's log that is read, in bytes.</summary>
    public const int Log = 16 * 1024 * 1024;

    /// <summary>The longest line of a pod's log that is read, in characters; a longer one is left out.</summary>
    public const int LogLine = JsonOutput;

    /// <summary>The most audit entries of a run.</summary>
    public const int AuditEntries = 400;

    /// <summary>The largest audit entry, in bytes.</summary>
    public const int AuditEntry = 200;

    /// <summary>The most problems a RunbookRepository lists.</summary>
    public const int Problems = 50;

    /// <summary>A title, or one line for a person.</summary>
    public const int Line = 256;

    /// <summary>A paragraph for a person.</summary>
    public const int Paragraph = 4 * 1024;

    /// <summary>The message of a step, condition or problem.</summary>
    public const int Message = 1024;

    /// <summary>A DNS-1123 label.</summary>
    public const int Label = 63;

    /// <summary>A DNS-1123 subdomain.</summary>
    public const int Subdomain = 253;

    /// <summary>A regular expression.</summary>
    public const int Expression = 1024;

    /// <summary>A URL or a file's path.</summary>
    public const int Address = 1024;

    /// <summary>The most inputs of a typed action, and the most facts recorded of what one touches.</summary>
    public const int Inputs = 50;

    /// <summary>The most groups kept of the author of a decision. Further ones are left out: that can only take rights away.</summary>
    public const int UserGroups = 200;

    /// <summary>The most further attributes of the author of a decision, and the most values of each. More are refused, not left out: some
    /// narrow what the user may do.</summary>
    public const int UserExtra = 50;

    /// <summary>The most approvers that a policy asks for.</summary>
    public const int Approvers = 5;

    /// <summary>The most programs of a policy.</summary>
    public const int Programs = 100;

    /// <summary>The most answers in the status of a policy.</summary>
    public const int Answers = 100;

    /// <summary>The largest number of runs in an hour, or of runs or services that autopilot counts.</summary>
    public const int Rate = 1000;

    /// <summary>The largest number of runs of a namespace in an hour, and of replicas, that a policy may name.</summary>
    public const int HighRate = 100_000;

    /// <summary>The most conditions in a status.</summary>
    public const int Conditions = 16;

    /// <summary>The most reasons told for the risk of a step.</summary>
    public const int StepReasons = 5;

    /// <summary>The most variables in the status of a run.</summary>
    public const int Variables = 200;

    /// <summary>The most entries of any short list, such as services, references or triggers.</summary>
    public const int List = 20;

    /// <summary>The most entries of any longer list, such as groups, images or the values of a parameter.</summary>
    public const int LongList = 50;
}

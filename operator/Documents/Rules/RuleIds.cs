using RunbookOperator.Api;

namespace RunbookOperator.Documents;

/// <summary>Ids of the rules. An id is never given a second meaning.</summary>
internal static class RuleIds
{
    public const string Syntax = "RBK001";
    public const string Limit = "RBK002";
    public const string Feature = "RBK003";
    public const string Characters = "RBK004";
    public const string DuplicateKey = "RBK005";
    public const string UnknownField = "RBK006";
    public const string DeclaredRisk = "RBK007";
    public const string Missing = "RBK008";
    public const string Type = "RBK009";
    public const string Bounds = "RBK010";
    public const string Values = "RBK011";
    public const string Together = Rule.Together;
    public const string Kind = "RBK013";
    public const string LeftOut = "RBK014";
    public const string Variable = "RBK015";
    public const string DuplicateName = "RBK016";
    public const string WhenStep = "RBK017";
    public const string WhenValues = Rule.Comparison;
    public const string Matcher = "RBK019";
    public const string Expression = "RBK020";
    public const string Action = "RBK021";
    public const string Input = "RBK022";
    public const string Account = "RBK023";
    public const string Verify = "RBK024";
    public const string Size = "RBK025";
    public const string DuplicateRunbook = "RBK026";
    public const string Owner = "RBK027";
    public const string VerifyMissing = "RBK028";
    public const string MatchesAll = "RBK029";
    public const string ParameterDefault = "RBK030";
    public const string NotActedUpon = "RBK031";
}

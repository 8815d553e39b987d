namespace RunbookOperator.Generator;

/// <summary>Which servers a CustomResourceDefinition is for.</summary>
internal enum Dialect
{
    /// <summary>Kubernetes 1.30 and newer: with x-kubernetes-validations and selectableFields.</summary>
    Current,

    /// <summary>Kubernetes 1.20 to 1.29, which refuse both: admission and the operator say the same there.</summary>
    Legacy,
}

using System.Text.Json.Nodes;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Actions;

/// <summary>Reads an object that an action is about.</summary>
internal static class FoundObject
{
    /// <summary>Reads it.</summary>
    /// <exception cref="ActionException">It does not exist, or may not be read.</exception>
    public static async Task<JsonObject> ReadAsync(
        ActionContext context, ResourceDefinition resource, NamespacedName name, CancellationToken cancellationToken) =>
        await FindAsync(context, resource, name, cancellationToken)
        ?? throw new ActionException($"{Resources.Title(resource, name)} does not exist");

    /// <summary>Reads it, or null if it does not exist.</summary>
    /// <exception cref="ActionException">It may not be read.</exception>
    public static Task<JsonObject?> FindAsync(
        ActionContext context, ResourceDefinition resource, NamespacedName name, CancellationToken cancellationToken) =>
        AskAsync<JsonObject?>(
            async () =>
            {
                try
                {
                    return await context.Client.GetAsync(resource, name, cancellationToken);
                }
                catch (ApiException exception) when (exception.IsNotFound)
                {
                    return null;
                }
            },
            cancellationToken);

    /// <summary>Asks the API server; its no is an <see cref="ActionException"/>.</summary>
    public static async Task<T> AskAsync<T>(Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        try
        {
            return await ask();
        }
        catch (ApiException exception) when (ApiFailure.Of(exception, cancellationToken) is { Kind: FailureKind.Refused or FailureKind.Conflict } failure)
        {
            throw new ActionException(failure.Message);
        }
    }

    /// <summary>Throws if the object is on its way out.</summary>
    public static void CheckLiving(JsonObject found, string title)
    {
        if (found.Text("metadata", "deletionTimestamp") is not null)
        {
            throw new ActionException($"{title} is being deleted");
        }
    }

    /// <summary>Throws if an input still holds a variable.</summary>
    public static void CheckFilled(ActionInputs inputs)
    {
        if (inputs.VariableNames.FirstOrDefault() is { } open)
        {
            throw new ActionException($"the variable {open} has no value");
        }
    }
}

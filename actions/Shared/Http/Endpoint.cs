using System.Net;
using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Actions;

/// <summary>Where a system is: an address that stands in the runbook, or a Service of the cluster that the step's account may read.</summary>
/// <param name="Base">The address, without query.</param>
/// <param name="Address">The Service's own address; null where the name is looked up.</param>
internal sealed record Endpoint(Uri Base, IPAddress? Address)
{
    public const string Url = "url";
    public const string Service = "service";

    private const string Namespace = "namespace";
    private const string Port = "port";
    private const string Https = "https";

    private static readonly ResourceDefinition Services = new("", "v1", "Service", "services");

    /// <summary>The inputs that say where.</summary>
    public static readonly IReadOnlyList<ActionInput> Inputs =
    [
        new(Url, ActionInputType.Text, "The address, such as https://metrics.example.com. Holds no variable. Either this or service."),
        new(Service, ActionInputType.Text, "A Service of the cluster. Either this or url."),
        new(Namespace, ActionInputType.Text, "The Service's namespace. Defaults to the run's own."),
        new(Port, ActionInputType.Text, "The Service's port, by name or number. Defaults to its only one."),
        new(Https, ActionInputType.Flag, "Whether the Service speaks TLS. Defaults to false."),
    ];

    /// <summary>Checks the inputs.</summary>
    /// <exception cref="ActionException">They do not say where.</exception>
    public static void Check(ActionInputs inputs)
    {
        var (url, service) = (inputs.Text(Url), inputs.Text(Service));
        if (url is null == service is null)
        {
            throw new ActionException("give either the input url or the input service");
        }

        if (url is not null)
        {
            OutsideUrl.CheckWhole(inputs, Url);
            if (new[] { Namespace, Port, Https }.FirstOrDefault(name => inputs.Text(name) is not null) is { } beside)
            {
                throw new ActionException($"the input {beside} belongs to service, not to url");
            }

            return;
        }

        ObjectInput.ReadNamespace(inputs);
        if (!inputs.IsOpen(Service) && !ObjectNames.IsLabel(service))
        {
            throw new ActionException("the input service must be the name of a Service");
        }

        // With a credential, who gets it stands in the runbook, not in an alert.
        if (inputs.Text(Credential.Secret) is not null
            && new[] { Service, Namespace, Port, Https, Credential.Secret }.FirstOrDefault(inputs.Written.IsOpen) is { } open)
        {
            throw new ActionException($"the input {open} may not hold a variable where a secret is sent");
        }
    }

    /// <summary>For people, before anything was looked up.</summary>
    public static string Title(ActionInputs inputs) => inputs.Text(Url) is { } url
        ? OutsideUrl.Authority(url)
        : new ObjectInput("Service", inputs.Text(Service), inputs.Text(Namespace)).ToString();

    /// <summary>Finds out where it is.</summary>
    /// <exception cref="ActionException">There is no such Service, or none that can be spoken to.</exception>
    public static async Task<Endpoint> ResolveAsync(ActionContext context, CancellationToken cancellationToken)
    {
        var inputs = context.Inputs;
        if (inputs.Text(Url) is { } url)
        {
            return new Endpoint(new Uri(url.TrimEnd('/') + "/"), null);
        }

        var name = new NamespacedName(inputs.Text(Namespace) ?? context.Namespace, inputs.Required(Service));
        JsonObject found;
        try
        {
            found = await context.Client.GetAsync(Services, name, cancellationToken);
        }
        catch (ApiException exception) when (exception.IsNotFound)
        {
            throw new ActionException($"Service {name} does not exist");
        }

        return Of(found, name, inputs.Text(Port), inputs.Flag(Https));
    }

    /// <summary>Where a Service is. Pure.</summary>
    /// <exception cref="ActionException">It leads elsewhere, or its port is not clear.</exception>
    public static Endpoint Of(JsonObject service, NamespacedName name, string? port, bool https)
    {
        if (service.Text("spec", "type") == "ExternalName")
        {
            throw new ActionException($"Service {name} is only another name for {Variables.Clean(service.Text("spec", "externalName") ?? "nothing", Limits.Subdomain)}; give that as url");
        }

        var ports = service.Items("spec", "ports").ToList();
        var found = port is null && ports.Count == 1
            ? ports[0]
            : ports.FirstOrDefault(entry => entry.Text("name") == port || entry.Number("port")?.ToString() == port);
        if (found.Number("port") is not { } number)
        {
            var all = string.Join(", ", ports.Select(entry => entry.Text("name") ?? entry.Number("port")?.ToString()));
            throw new ActionException($"give the input port: Service {name} has {(all.Length == 0 ? "none" : Variables.Clean(all, Limits.Line))}");
        }

        // A Service without an address of its own is looked up by its name, which leads to its Pods.
        var address = IPAddress.TryParse(service.Text("spec", "clusterIP"), out var ip) ? ip : null;
        return new Endpoint(new Uri($"{(https ? "https" : "http")}://{name.Name}.{name.Namespace}.svc:{number}/"), address);
    }
}

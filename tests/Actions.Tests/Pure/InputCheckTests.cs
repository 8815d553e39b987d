namespace RunbookOperator.Actions.Tests;

public sealed class InputCheckTests
{
    [Theory]
    [InlineData("kubernetes/scale", """{"kind": "Deployment", "name": "web", "replicas": "many"}""", "the input replicas must be a whole number")]
    [InlineData("kubernetes/scale", """{"kind": "Deployment", "name": "web", "replicas": 1.5}""", "the input replicas must be a whole number")]
    [InlineData("kubernetes/scale", """{"kind": "Deployment", "name": "web", "replicas": -1}""", "the input replicas must be from 0 to 1000")]
    [InlineData("kubernetes/scale", """{"kind": "Deployment", "name": "web", "replicas": 1001}""", "the input replicas must be from 0 to 1000")]
    [InlineData("kubernetes/scale", """{"kind": "DaemonSet", "name": "web", "replicas": 1}""", "the input kind must be one of Deployment, StatefulSet, ReplicaSet")]
    [InlineData("kubernetes/scale", """{"kind": "Deployment", "replicas": 1}""", "the input name is missing")]
    [InlineData("kubernetes/scale", """{"kind": "Deployment", "name": "web", "replicas": 1, "zeal": 1}""",
        "kubernetes/scale has no input zeal; it takes kind, name, namespace, replicas")]
    [InlineData("kubernetes/scale", """{"kind": "Deployment", "name": ["web"], "replicas": 1}""", "the input name must be one value")]
    [InlineData("kubernetes/scale", """{"kind": "Deployment", "name": "Web", "replicas": 1}""", "the input name must be the name of a Deployment")]
    [InlineData("kubernetes/scale", """{"kind": "Deployment", "name": "web/scale", "replicas": 1}""", "the input name must be the name of an object")]
    [InlineData("kubernetes/scale", """{"kind": "Deployment", "name": "..", "replicas": 1}""", "the input name must be the name of an object")]
    [InlineData("kubernetes/scale", """{"kind": "Deployment", "name": "web", "namespace": "a/b", "replicas": 1}""",
        "the input namespace must be the name of a namespace")]
    [InlineData("kubernetes/rollout-undo", """{"kind": "Deployment", "name": "web", "toRevision": 0}""", "the input toRevision must be 1 or more")]
    [InlineData("kubernetes/get", """{"kind": "Pod/log"}""", "the input kind must be a kind such as Deployment")]
    [InlineData("kubernetes/get", """{"kind": "Pod", "name": "a", "selector": "b"}""", "give one of name and selector")]
    [InlineData("kubernetes/get", """{"kind": "Pod", "fields": "spec[x]"}""", "spec[x] is no field path such as spec.containers[0].image")]
    [InlineData("kubernetes/get", """{"kind": "Pod", "fields": "spec", "output": "json"}""", "give one of fields and output: json")]
    [InlineData("kubernetes/get", """{"kind": "Pod", "output": "yaml"}""", "the input output must be one of table, json")]
    [InlineData("kubernetes/logs", "{}", "give one of pod and selector")]
    [InlineData("kubernetes/logs", """{"pod": "a", "selector": "b"}""", "give one of pod and selector")]
    [InlineData("kubernetes/logs", """{"pod": "a", "tail": 5001}""", "the input tail must be from 1 to 5000")]
    [InlineData("kubernetes/logs", """{"pod": "a", "since": "ten minutes"}""", "the input since must be a duration such as 30s")]
    [InlineData("kubernetes/logs", """{"pod": "a", "previous": "yes"}""", "the input previous must be true or false")]
    [InlineData("kubernetes/logs", """{"pod": "a", "container": "-x"}""", "the input container must be the name of a container")]
    [InlineData("kubernetes/events", """{"name": "a"}""", "the input name needs the input kind")]
    [InlineData("kubernetes/wait", """{"kind": "Pod", "name": "a", "for": "Happy"}""",
        "the input for must be Available, Ready, Complete, Deleted or condition=NAME")]
    [InlineData("kubernetes/wait", """{"kind": "Pod", "name": "a", "for": "condition="}""",
        "the input for must be Available, Ready, Complete, Deleted or condition=NAME")]
    public void A_bad_input_is_refused_with_what_would_be_right(string action, string with, string message)
    {
        var exception = Assert.Throws<ActionException>(() => ActionCatalog.Default.Find(action)!.Assess(Inputs.Of(with)));
        Assert.Equal(message, exception.Message);
    }

    [Theory]
    [InlineData("kubernetes/scale", """{"kind": "${kind}", "name": "${app}-web", "namespace": "${ns}", "replicas": "${n}"}""")]
    [InlineData("kubernetes/logs", """{"pod": "${pod}", "container": "${c}", "tail": "${n}", "since": "${since}", "previous": "${flag}"}""")]
    [InlineData("kubernetes/wait", """{"kind": "${kind}", "name": "${app}", "for": "${goal}"}""")]
    [InlineData("kubernetes/get", """{"kind": "${kind}", "fields": "${fields}"}""")]
    public void An_input_that_holds_a_variable_waits_for_its_value(string action, string with) =>
        Assert.NotEmpty(ActionCatalog.Default.Find(action)!.Assess(Inputs.Of(with)).Reasons);

    [Fact]
    public void A_long_input_is_refused()
    {
        var inputs = Inputs.Of($$"""{"kind": "Pod", "selector": "{{new string('a', 1025)}}"}""");
        var exception = Assert.Throws<ActionException>(() => new GetAction().Assess(inputs));
        Assert.Equal("the input selector is longer than 1024 characters", exception.Message);
    }

    [Fact]
    public void A_number_may_be_written_as_text_and_an_empty_input_counts_as_not_given() =>
        Assert.Single(new ScaleAction().Assess(Inputs.Of("""{"kind": "Deployment", "name": "web", "namespace": null, "replicas": "3"}""")).Reasons);

    [Theory]
    [InlineData("0", "0 replicas stop the service: no pod is left")]
    [InlineData("${n}", "how many replicas is not known before the run; 0 would stop the service")]
    public void Scaling_that_may_stop_a_service_says_so_first(string replicas, string reason)
    {
        var inputs = Inputs.Of($$"""{"kind": "Deployment", "name": "web", "replicas": "{{replicas}}"}""");
        Assert.Equal(reason, new ScaleAction().Assess(inputs).Reasons[0]);
    }
}

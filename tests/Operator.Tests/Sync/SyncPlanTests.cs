using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.Sync;
using static RunbookOperator.Operator.Tests.SyncWorld;

namespace RunbookOperator.Operator.Tests;

public sealed class SyncPlanTests
{
    [Fact]
    public void A_new_runbook_is_applied_with_the_marks_of_its_origin()
    {
        var plan = Plan(Read("c1", ("a.yaml", Runbook("one"))), []);

        var manifest = Assert.Single(plan.Apply).Manifest;
        Assert.Equal("one", (string?)manifest["metadata"]!["name"]);
        Assert.Equal("shop", (string?)manifest["metadata"]!["namespace"]);
        Assert.Equal("runbooks", (string?)manifest["metadata"]!["labels"]![Names.RepositoryLabel]);
        Assert.Equal("a.yaml", (string?)manifest["metadata"]!["annotations"]![Names.FileAnnotation]);
        Assert.Equal("c1", (string?)manifest["metadata"]!["annotations"]![Names.CommitAnnotation]);
        Assert.Equal("Slow", (string?)manifest["spec"]!["title"]);
        Assert.Empty(plan.Problems);
    }

    [Fact]
    public void A_commit_that_changes_one_file_writes_one_runbook()
    {
        var before = After(Plan(Read("c1", ("a.yaml", Runbook("one")), ("b.yaml", Runbook("two"))), []));

        var plan = Plan(Read("c2", ("a.yaml", Runbook("one", "Slower")), ("b.yaml", Runbook("two"))), before);

        var manifest = Assert.Single(plan.Apply).Manifest;
        Assert.Equal("one", (string?)manifest["metadata"]!["name"]);
        Assert.Equal("c2", (string?)manifest["metadata"]!["annotations"]![Names.CommitAnnotation]);
        Assert.Equal("c1", plan.Kept.Single().Annotation(Names.CommitAnnotation));
    }

    [Fact]
    public void Comments_and_order_of_keys_are_no_change()
    {
        var before = After(Plan(Read("c1", ("a.yaml", Runbook("one"))), []));

        Assert.Empty(Plan(Read("c2", ("a.yaml", "# a remark\n" + Runbook("one"))), before).Apply);
    }

    [Fact]
    public void A_runbook_that_moved_to_another_file_is_written_and_not_deleted()
    {
        var before = After(Plan(Read("c1", ("a.yaml", Runbook("one"))), []));

        var plan = Plan(Read("c2", ("b.yaml", Runbook("one"))), before);

        Assert.Equal("b.yaml", Assert.Single(plan.Apply).Desired.Document.File);
        Assert.Empty(plan.Prune);
    }

    [Fact]
    public void What_somebody_changed_in_the_cluster_is_put_back_with_the_commit_it_had()
    {
        var before = After(Plan(Read("c1", ("a.yaml", Runbook("one"))), []));
        before[0].Content["spec"]!["steps"]![0]!["manual"] = "Delete everything";

        var manifest = Assert.Single(Plan(Read("c2", ("a.yaml", Runbook("one"))), before).Apply).Manifest;

        Assert.Equal("Look at it", (string?)manifest["spec"]!["steps"]![0]!["manual"]);
        Assert.Equal("c1", (string?)manifest["metadata"]!["annotations"]![Names.CommitAnnotation]);
    }

    [Fact]
    public void What_others_added_is_left_alone()
    {
        var before = After(Plan(Read("c1", ("a.yaml", Runbook("one"))), []));
        before[0].Content["metadata"]!["labels"]!["team"] = "payments";
        before[0].Content["spec"]!["deadline"] = "24h";

        Assert.Empty(Plan(Read("c2", ("a.yaml", Runbook("one"))), before).Apply);
    }

    [Fact]
    public void A_runbook_whose_file_is_gone_is_deleted_unless_prune_is_off()
    {
        var before = After(Plan(Read("c1", ("a.yaml", Runbook("one")), ("b.yaml", Runbook("two"))), []));
        var read = Read("c2", ("b.yaml", Runbook("two")));

        Assert.Equal("one", Assert.Single(Plan(read, before).Prune).Name);
        Assert.Empty(Plan(read, before, prune: false).Prune);
    }

    [Fact]
    public void Nothing_is_deleted_after_a_read_that_found_no_runbook()
    {
        var before = After(Plan(Read("c1", ("a.yaml", Runbook("one"))), []));

        var plan = Plan(Read("c2", ("config.yaml", "kind: ConfigMap")), before);

        Assert.True(plan.IsEmpty);
        Assert.Empty(plan.Prune);
        Assert.False(Plan(Read("c2"), []).IsEmpty);
    }

    [Fact]
    public void The_runbook_of_a_broken_file_stays_as_it_is_while_the_rest_goes_on()
    {
        var before = After(Plan(Read("c1", ("a.yaml", Runbook("one")), ("b.yaml", Runbook("two"))), []));

        var plan = Plan(Read("c2", ("a.yaml", Runbook("one").Replace("title:", "titel:", StringComparison.Ordinal)), ("b.yaml", Runbook("two", "Slower"))), before);

        Assert.Equal("two", Assert.Single(plan.Apply).Desired.Name);
        Assert.Empty(plan.Prune);
        Assert.Equal("one", Assert.Single(plan.Kept).Name);
        Assert.Contains(plan.Problems, problem => problem is { File: "a.yaml", Line: 7, Column: > 0, Rule: "RBK006" });
    }

    [Theory]
    [InlineData("metadata:\n  name: one\n")]
    [InlineData("metadata:\n  name: \"one\"   # remark\r\n")]
    [InlineData("metadata:\n  name:\tone")]
    [InlineData("{name: one, x: [")]
    public void A_name_in_a_broken_file_is_found(string content) =>
        Assert.Equal(["one"], BrokenNames.In([System.Text.Encoding.UTF8.GetBytes(content)]));

    [Fact]
    public void A_runbook_that_was_moved_and_broken_at_once_is_not_deleted()
    {
        var before = After(Plan(Read("c1", ("a.yaml", Runbook("one")), ("b.yaml", Runbook("two"))), []));

        var plan = Plan(Read("c2", ("moved.yaml", Runbook("one") + "\n  oops: ["), ("b.yaml", Runbook("two"))), before);

        Assert.Empty(plan.Prune);
        Assert.Equal("moved.yaml", Assert.Single(plan.Problems).File);
    }

    [Fact]
    public void Two_files_with_one_name_are_both_refused_and_the_runbook_stays()
    {
        var before = After(Plan(Read("c1", ("a.yaml", Runbook("one"))), []));

        var plan = Plan(Read("c2", ("a.yaml", Runbook("one", "A")), ("b.yaml", Runbook("one", "B", "  namespace: shop"))), before);

        Assert.Empty(plan.Apply);
        Assert.Empty(plan.Prune);
        Assert.Equal(["a.yaml:4:9: RBK026", "b.yaml:4:9: RBK026"], plan.Problems.Select(Describe).Order());
    }

    [Fact]
    public void A_runbook_for_another_namespace_is_refused()
    {
        var plan = Plan(Read("c1", ("a.yaml", Runbook("one", metadata: "  namespace: kube-system")), ("b.yaml", Runbook("two", metadata: "  namespace: shop"))), []);

        Assert.Equal("two", Assert.Single(plan.Apply).Desired.Name);
        Assert.Contains("kube-system", Assert.Single(plan.Problems).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("label", "team", "payments", "was not made by a RunbookRepository")]
    [InlineData("label", "runbooks.dev/repository", "other", "belongs to the RunbookRepository other")]
    [InlineData("label", "kustomize.toolkit.fluxcd.io/name", "apps", "is managed by Flux")]
    [InlineData("label", "helm.toolkit.fluxcd.io/name", "apps", "is managed by Flux")]
    [InlineData("label", "argocd.argoproj.io/instance", "apps", "is managed by Argo CD")]
    [InlineData("annotation", "argocd.argoproj.io/tracking-id", "apps:x", "is managed by Argo CD")]
    public void What_belongs_to_somebody_else_is_neither_taken_over_nor_deleted(string where, string name, string value, string message)
    {
        var labels = new Dictionary<string, string> { [Names.RepositoryLabel] = "runbooks" };
        var annotations = new Dictionary<string, string>();
        (where == "label" ? labels : annotations)[name] = value;
        if (name == "team")
        {
            labels.Remove(Names.RepositoryLabel);
        }

        var theirs = Stored("one", labels, annotations);

        var plan = Plan(Read("c1", ("a.yaml", Runbook("one")), ("b.yaml", Runbook("two"))), [theirs]);
        Assert.Equal("two", Assert.Single(plan.Apply).Desired.Name);
        Assert.True(plan.IsContested);
        var problem = Assert.Single(plan.Problems);
        Assert.Equal("a.yaml:4:9: NotOwned", Describe(problem));
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);

        Assert.Empty(Plan(Read("c1", ("b.yaml", Runbook("two"))), [theirs]).Prune);
    }

    [Fact]
    public void A_file_cannot_set_the_marks_of_ownership()
    {
        const string Marks = """
              labels: {runbooks.dev/repository: other, kustomize.toolkit.fluxcd.io/name: apps, team: payments}
              annotations: {runbooks.dev/source-commit: fake, runbooks.dev/source-hash: fake, note: kept}
            """;

        var read = Read("c1", ("a.yaml", Runbook("one", metadata: Marks)));
        var manifest = Assert.Single(Plan(read, []).Apply).Manifest;

        var labels = (JsonObject)manifest["metadata"]!["labels"]!;
        Assert.Equal(["runbooks.dev/repository", "team"], labels.Select(label => label.Key).Order());
        Assert.Equal("runbooks", (string?)labels[Names.RepositoryLabel]);
        Assert.Equal("c1", (string?)manifest["metadata"]!["annotations"]![Names.CommitAnnotation]);
        Assert.Equal("kept", (string?)manifest["metadata"]!["annotations"]!["note"]);
        Assert.Empty(Plan(read, After(Plan(read, []))).Apply);
    }

    [Fact]
    public void A_second_pass_over_what_was_applied_does_nothing()
    {
        var read = Read("c1", ("a.yaml", Runbook("one")), ("b.yaml", Runbook("two") + "\n---\n" + Runbook("three")));

        var plan = Plan(read, After(Plan(read, [])));

        Assert.Equal((0, 0, 3), (plan.Apply.Count, plan.Prune.Count, plan.Kept.Count));
    }
}

using System.Text;
using RunbookOperator.Api;
using RunbookOperator.Runtime;

namespace RunbookOperator.Cluster;

[Trait("Category", "Cluster")]
public sealed class SyncTests : IAsyncLifetime
{
    private SyncRig _rig = null!;

    public async Task InitializeAsync() => _rig = await SyncRig.CreateAsync();

    public async Task DisposeAsync() => await _rig.DisposeAsync();

    [Fact]
    public async Task A_commit_becomes_runbooks_and_an_unrelated_commit_writes_nothing_about_them()
    {
        var first = await _rig.Git.CommitAsync(new() { ["one.yaml"] = Runbook("one"), ["team/two.yaml"] = Runbook("two") });
        await _rig.ConfigureAsync();

        var repository = await _rig.SyncAsync();

        Assert.Equal(3, _rig.Writes);
        Assert.Equal(["one", "two"], (await _rig.RunbooksAsync()).Select(runbook => runbook.Metadata.Name));
        Assert.Equal($"main@sha1:{first}", repository.Status!.LastAppliedRevision);
        Assert.Equal((2, 0), (repository.Status.Counts!.Runbooks, repository.Status.Counts.Invalid));
        Assert.Equal("Ready=True Succeeded", Describe(repository));
        Assert.Equal(TimeSpan.FromSeconds(63), _rig.Result.RequeueAfter);
        var two = await _rig.FindAsync("two");
        Assert.Equal("team/two.yaml", two!.Metadata.Annotations![Names.FileAnnotation]);
        Assert.Equal(first, two.Metadata.Annotations[Names.CommitAnnotation]);

        var second = await _rig.Git.CommitAsync(new() { ["one.yaml"] = Runbook("one", "Slower"), ["README.md"] = "hello" });
        repository = await _rig.SyncAsync();

        Assert.Equal(2, _rig.Writes);
        Assert.Equal($"main@sha1:{second}", repository.Status!.LastAppliedRevision);
        Assert.Equal("Slower", (await _rig.FindAsync("one"))!.Spec.Title);
        Assert.Equal(first, (await _rig.FindAsync("two"))!.Metadata.Annotations![Names.CommitAnnotation]);
        Assert.Equal(["Normal Succeeded", "Normal Succeeded"], await _rig.EventsAsync());
    }

    [Fact]
    public async Task Nothing_new_writes_nothing_not_even_after_a_restart()
    {
        await _rig.Git.CommitAsync(new() { ["one.yaml"] = Runbook("one") });
        await _rig.ConfigureAsync();
        await _rig.SyncAsync();

        await _rig.SyncAsync();
        Assert.Equal(0, _rig.Writes);
        await _rig.SyncAsync(_rig.NewReconciler());
        Assert.Equal(0, _rig.Writes);
    }

    [Fact]
    public async Task What_somebody_changed_or_deleted_in_the_cluster_is_put_back()
    {
        await _rig.Git.CommitAsync(new() { ["one.yaml"] = Runbook("one"), ["two.yaml"] = Runbook("two") });
        await _rig.ConfigureAsync();
        await _rig.SyncAsync();
        await _rig.Kubectl.RunAsync(["patch", "rb", "one", "-n", _rig.Namespace.Name, "--type=merge", "-p", """{"spec":{"title":"Theirs"}}"""]);
        await _rig.Kubectl.RunAsync(["delete", "rb", "two", "-n", _rig.Namespace.Name]);

        await _rig.SyncAsync(_rig.NewReconciler());

        Assert.Equal("Slow", (await _rig.FindAsync("one"))!.Spec.Title);
        Assert.NotNull(await _rig.FindAsync("two"));
        Assert.Equal(2, _rig.Writes);
    }

    [Fact]
    public async Task A_file_that_goes_takes_its_runbook_with_it_but_an_empty_read_takes_nothing()
    {
        await _rig.Git.CommitAsync(new() { ["one.yaml"] = Runbook("one"), ["two.yaml"] = Runbook("two") });
        await _rig.ConfigureAsync();
        await _rig.SyncAsync();

        await _rig.Git.CommitAsync(new() { ["one.yaml"] = null });
        await _rig.SyncAsync();
        Assert.Equal(["two"], (await _rig.RunbooksAsync()).Select(runbook => runbook.Metadata.Name));

        await _rig.Git.CommitAsync(new() { ["two.yaml"] = null, ["README.md"] = "hello" });
        var repository = await _rig.SyncAsync();
        Assert.Equal(["two"], (await _rig.RunbooksAsync()).Select(runbook => runbook.Metadata.Name));
        Assert.Equal("Ready=False NothingFound, Stalled=True NothingFound", Describe(repository));
    }

    [Fact]
    public async Task Hostile_files_are_listed_with_their_places_and_the_rest_goes_on()
    {
        await _rig.Git.CommitAsync(new() { ["good.yaml"] = Runbook("good"), ["bad.yaml"] = Runbook("bad") });
        await _rig.ConfigureAsync();
        await _rig.SyncAsync();
        var bomb = new StringBuilder("a: &a [x,x,x,x,x,x,x,x,x]\n");
        for (var c = 'b'; c < 'j'; c++)
        {
            bomb.Append(c).Append(": &").Append(c).Append(" [").AppendJoin(',', Enumerable.Repeat($"*{(char)(c - 1)}", 9)).Append("]\n");
        }

        var blob = await _rig.Git.BlobAsync(Runbook("inner"));
        await _rig.Git.CommitTreeAsync(
        [
            $"040000 tree {await _rig.Git.TreeAsync([$"100644 blob {blob}\tinner.yaml"])}\t..",
            $"100644 blob {await _rig.Git.BlobAsync(Runbook("bad").Replace("title:", "titel:", StringComparison.Ordinal))}\tbad.yaml",
            $"100644 blob {await _rig.Git.BlobAsync(bomb.ToString())}\tbomb.yaml",
            $"100644 blob {await _rig.Git.BlobAsync(new string('[', 9000))}\tbrackets.yaml",
            $"100644 blob {await _rig.Git.BlobAsync(Runbook("good", "Slower"))}\tgood.yaml",
            $"120000 blob {await _rig.Git.BlobAsync("/etc/passwd")}\tlink.yaml",
        ]);

        var repository = await _rig.SyncAsync();

        Assert.Equal("Slower", (await _rig.FindAsync("good"))!.Spec.Title);
        Assert.Equal("Slow", (await _rig.FindAsync("bad"))!.Spec.Title);
        Assert.Null(await _rig.FindAsync("inner"));
        Assert.Equal(["../inner.yaml", "bad.yaml", "bomb.yaml", "brackets.yaml", "link.yaml"], repository.Status!.Problems!.Select(problem => problem.File).Distinct().Order());
        Assert.Contains(repository.Status.Problems!, problem => problem is { File: "bad.yaml", Line: 6, Column: > 0, Rule: "RBK006" });
        Assert.Equal((2, 5), (repository.Status.Counts!.Runbooks, repository.Status.Counts.Invalid));
        Assert.Equal("Ready=False InvalidFiles, Stalled=True InvalidFiles", Describe(repository));
        Assert.StartsWith("main@sha1:", repository.Status.LastAppliedRevision, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_runbook_names_only_an_account_that_the_repository_may_impersonate()
    {
        await _rig.Git.CommitAsync(new()
        {
            ["one.yaml"] = Runbook("one") + $"\n  serviceAccountName: {SyncRig.Lent}\n",
            ["two.yaml"] = Runbook("two") + "\n  serviceAccountName: admin\n",
            ["three.yaml"] = Runbook("three"),
        });
        await _rig.ConfigureAsync();

        var repository = await _rig.SyncAsync();

        Assert.Equal(["one", "three"], (await _rig.RunbooksAsync()).Select(runbook => runbook.Metadata.Name));
        var problem = Assert.Single(repository.Status!.Problems!);
        Assert.Equal(("two.yaml", 11, 23, "NotPermitted"), (problem.File, problem.Line, problem.Column, problem.Rule));
        Assert.Equal("Ready=False InvalidFiles, Stalled=True InvalidFiles", Describe(repository));

        await _rig.Kubectl.RunAsync(["patch", "role", "sync", "-n", _rig.Namespace.Name, "--type=json", "-p",
            """[{"op":"add","path":"/rules/-","value":{"apiGroups":[""],"resources":["serviceaccounts"],"verbs":["impersonate"],"resourceNames":["admin"]}}]"""]);
        await Stories.Stage.UntilAsync("the right that was granted is seen", async () => (await _rig.SyncAsync()).Status!.Problems is null);

        Assert.Equal("admin", (await _rig.FindAsync("two"))!.Spec.ServiceAccountName);
        await _rig.SyncAsync();
        Assert.Equal(0, _rig.Writes);
    }

    [Fact]
    public async Task What_belongs_to_somebody_else_is_not_taken_over()
    {
        await _rig.Kubectl.RunAsync(["apply", "-n", _rig.Namespace.Name, "-f", "-"], Runbook("one", "Theirs"));
        await _rig.Git.CommitAsync(new() { ["one.yaml"] = Runbook("one"), ["two.yaml"] = Runbook("two") });
        await _rig.ConfigureAsync();

        var repository = await _rig.SyncAsync();

        Assert.Equal("Theirs", (await _rig.FindAsync("one"))!.Spec.Title);
        Assert.NotNull(await _rig.FindAsync("two"));
        Assert.Equal(("one.yaml", "NotOwned"), (repository.Status!.Problems!.Single().File, repository.Status.Problems!.Single().Rule));

        await _rig.Kubectl.RunAsync(["delete", "rb", "one", "-n", _rig.Namespace.Name]);
        repository = await _rig.SyncAsync();
        Assert.Equal("Slow", (await _rig.FindAsync("one"))!.Spec.Title);
        Assert.Equal("Ready=True Succeeded", Describe(repository));
    }

    [Fact]
    public async Task What_the_service_account_may_not_do_is_not_done()
    {
        await _rig.Git.CommitAsync(new() { ["one.yaml"] = Runbook("one") });
        await _rig.ConfigureAsync(spec => spec with { ServiceAccountName = "default" });

        var repository = await _rig.SyncAsync();

        Assert.Empty(await _rig.RunbooksAsync());
        Assert.Null(repository.Status!.LastAppliedRevision);
        Assert.Equal("Ready=False ReconciliationFailed, Reconciling=True ProgressingWithRetry", Describe(repository));
        Assert.Equal("one.yaml", repository.Status.Problems!.Single().File);
    }

    [Fact]
    public async Task A_secret_without_its_label_is_not_used()
    {
        await _rig.Git.CommitAsync(new() { ["one.yaml"] = Runbook("one") });
        await _rig.Kubectl.RunAsync(["create", "secret", "generic", "git", "-n", _rig.Namespace.Name, "--from-literal=username=riley", "--from-literal=password=hunter2"]);
        await _rig.ConfigureAsync(spec => spec with { SecretRef = new SecretReference { Name = "git" } });

        Assert.Equal("Ready=False AuthenticationFailed, Stalled=True AuthenticationFailed", Describe(await _rig.SyncAsync()));
        Assert.Empty(await _rig.RunbooksAsync());

        await _rig.Kubectl.RunAsync(["label", "secret", "git", "-n", _rig.Namespace.Name, "runbooks.dev/use=git"]);
        Assert.Equal("Ready=True Succeeded", Describe(await _rig.SyncAsync()));
        Assert.Single(await _rig.RunbooksAsync());
        Assert.Equal(["Warning AuthenticationFailed", "Normal Succeeded"], await _rig.EventsAsync());
    }

    [Fact]
    public async Task A_repository_that_cannot_be_reached_deletes_nothing_and_says_so_once()
    {
        await _rig.Git.CommitAsync(new() { ["one.yaml"] = Runbook("one") });
        await _rig.ConfigureAsync();
        await _rig.SyncAsync();
        Directory.Move(_rig.Git.Folder, _rig.Folder.File("away"));

        var repository = await _rig.SyncAsync();
        Assert.Equal("Ready=False GitOperationFailed, Stalled=True GitOperationFailed", Describe(repository));
        Assert.NotNull(repository.Status!.LastAppliedRevision);
        await _rig.SyncAsync();
        Assert.Equal(0, _rig.Writes);
        Assert.Single(await _rig.RunbooksAsync());

        Directory.Move(_rig.Folder.File("away"), _rig.Git.Folder);
        Assert.Equal("Ready=True Succeeded", Describe(await _rig.SyncAsync()));

        // The second success says what the first said; it is counted on it.
        Assert.Equal(["Normal Succeeded", "Warning GitOperationFailed"], await _rig.EventsAsync());
    }

    [Fact]
    public async Task A_suspended_repository_is_left_alone_until_it_is_not()
    {
        await _rig.Git.CommitAsync(new() { ["one.yaml"] = Runbook("one") });
        await _rig.ConfigureAsync(spec => spec with { Suspend = true });

        Assert.Equal("Ready=False Suspended", Describe(await _rig.SyncAsync()));
        Assert.Empty(await _rig.RunbooksAsync());
        Assert.Null(_rig.Result.RequeueAfter);

        await _rig.ConfigureAsync();
        Assert.Equal("Ready=True Succeeded", Describe(await _rig.SyncAsync()));
        Assert.Single(await _rig.RunbooksAsync());
    }

    [Fact]
    public async Task An_address_that_is_not_allowed_is_never_asked()
    {
        await _rig.ConfigureAsync(spec => spec with { Url = "https://user:hunter2@git.example.com/r.git" });

        var repository = await _rig.SyncAsync();

        Assert.Equal("Ready=False InvalidURL, Stalled=True InvalidURL", Describe(repository));
        Assert.DoesNotContain("hunter2", Conditions.Find(repository.Status!.Conditions, "Ready")!.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_rig.Folder.File("cache")));
    }

    [Fact]
    public async Task A_request_to_sync_now_is_answered_and_a_repository_that_is_gone_is_forgotten()
    {
        await _rig.Git.CommitAsync(new() { ["one.yaml"] = Runbook("one") });
        await _rig.ConfigureAsync();
        await _rig.Kubectl.RunAsync(["annotate", "rbrepo", SyncRig.Repository, "-n", _rig.Namespace.Name, "runbooks.dev/requestedAt=12:00"]);
        await _rig.ConfigureAsync();

        Assert.Equal("12:00", (await _rig.SyncAsync()).Status!.LastHandledReconcileAt);
        Assert.Single(Directory.GetDirectories(_rig.Folder.File("cache")));

        await _rig.ForgottenAsync();
        Assert.Empty(Directory.GetDirectories(_rig.Folder.File("cache")));
    }

    // What every status obeys: see what kstatus reads from it.
    private static string Describe(RunbookRepository repository)
    {
        Assert.Equal(repository.Metadata.Generation, repository.Status!.ObservedGeneration);
        return string.Join(", ", repository.Status.Conditions!.Select(condition => $"{condition.Type}={condition.Status} {condition.Reason}"));
    }

    private static string Runbook(string name, string title = "Slow") => $"""
        apiVersion: runbooks.dev/v1alpha1
        kind: Runbook
        metadata:
          name: {name}
        spec:
          title: {title}
          owner: team
          steps:
          - name: look
            manual: Look at it
        """;
}

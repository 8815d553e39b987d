using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace RunbookOperator.Runtime.Tests;

public sealed class HealthChecksTests : IAsyncLifetime, IDisposable
{
    private readonly HttpClient _http = new();
    private WebApplication _web = null!;
    private string? _problem = "not synced: configmaps";

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        _web = builder.Build();
        _web.UseRouting();
        _web.MapHealth("readyz", new HealthChecks().Add("informer-sync", () => _problem).Add("odd", static () => null));
        _web.UseEndpoints(static _ => { });
        await _web.StartAsync();
        _http.BaseAddress = new Uri(_web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }

    public async Task DisposeAsync() => await _web.DisposeAsync();

    public void Dispose() => _http.Dispose();

    [Theory]
    [InlineData("/readyz", 500, "[-]informer-sync failed: not synced: configmaps\n[+]odd ok\n[+]ping ok\nreadyz check failed\n")]
    [InlineData("/readyz/informer-sync", 500, "[-]informer-sync failed: not synced: configmaps\nreadyz check failed\n")]
    [InlineData("/readyz/ping", 200, "ok")]
    [InlineData("/readyz?exclude=informer-sync", 200, "ok")]
    [InlineData("/readyz?verbose&exclude=informer-sync&exclude=odd", 200, "[+]ping ok\nreadyz check passed\n")]
    [InlineData("/readyz/other", 404, "there is no such check\n")]
    public async Task Each_check_has_a_name_a_page_and_a_line(string path, int code, string body)
    {
        using var answer = await _http.GetAsync(path);

        Assert.Equal((code, body), ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task What_passes_says_ok_and_more_only_when_asked()
    {
        _problem = null;

        Assert.Equal("ok", await _http.GetStringAsync("/readyz"));
        Assert.Equal("[+]informer-sync ok\n[+]odd ok\n[+]ping ok\nreadyz check passed\n", await _http.GetStringAsync("/readyz?verbose"));
    }

    [Fact]
    public void A_check_that_throws_fails_without_telling_what_it_read()
    {
        var report = new HealthChecks().Add("x", static () => throw new InvalidDataException("token=secret")).Run("x", [])!;

        Assert.False(report.Passed);
        Assert.Equal("[-]x failed: the check failed: InvalidDataException\nlivez check failed\n", report.Describe("livez"));
    }

    [Theory]
    [InlineData("ping")]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("Caches")]
    public void A_name_that_is_taken_or_is_no_path_is_a_mistake(string name) =>
        Assert.Throws<ArgumentException>(() => new HealthChecks().Add(name, static () => null));
}

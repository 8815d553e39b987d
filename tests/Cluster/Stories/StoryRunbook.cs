namespace RunbookOperator.Cluster.Stories;

/// <summary>The runbook of the story: something typed, something run, something that changes the world.</summary>
internal static class StoryRunbook
{
    public const string Yaml = """
        # Kept short: it is read at three in the morning.
        apiVersion: runbooks.dev/v1alpha1
        kind: Runbook
        metadata:
          name: checkout-slow
        spec:
          title: Checkout is slow
          owner: team-checkout
          triggers:
          - alert: {matchers: ['alertname="CheckoutPoolExhausted"']}
          parameters:
          - {name: namespace, fromLabel: namespace, pattern: '[a-z0-9-]{1,63}'}
          mode: Copilot   # somebody should look
          serviceAccountName: checkout-fixer
          steps:
          - name: deployment
            uses: kubernetes/get
            with: {kind: Deployment, name: checkout, namespace: '${namespace}'}
            risk: safe
          # How bad is it?
          - name: waiting
            run: 'kubectl get deployment checkout --namespace "$namespace" -o jsonpath="waiting={.spec.replicas}0"'
            risk: safe
            outputs:
            - {name: waiting, regex: 'waiting=([0-9]+)'}
          - name: bounce
            when: [{variable: waiting, operator: GreaterThan, values: ['5']}]
            uses: kubernetes/rollout-restart
            with: {kind: Deployment, name: checkout, namespace: '${namespace}'}
            risk: caution
            verify: {uses: kubernetes/wait, with: {kind: Deployment, name: checkout, namespace: '${namespace}', for: Available}, within: 1m}

        """;
}

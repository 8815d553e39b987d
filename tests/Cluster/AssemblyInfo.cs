// One operator at a time: its webhook configuration is the cluster's, and there is one cluster.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

# The node of the test cluster: scheduler, container runtime, kubelet, Service addresses and cluster DNS. Sourced by `cluster`; uses its
# variables here, run, bin and node_address.
# shellcheck shell=bash disable=SC2154

pod_network=10.244.0.0/24
network_name=runbooks-test

make_network() {
  touch "$run/network"
  ip link add "$node_bridge" type bridge
  ip addr replace "$node_address/32" dev "$node_bridge"
  ip link set "$node_bridge" up
}

start_node() {
  start_process "$run" scheduler "$bin/kube-scheduler" --kubeconfig="$run/scheduler.kubeconfig" --leader-elect=false --bind-address=127.0.0.1 \
    --authentication-kubeconfig="$run/scheduler.kubeconfig" --authorization-kubeconfig="$run/scheduler.kubeconfig"
  start_containerd
  load_basic_images
  start_kubelet
  start_proxy
  start_dns
  wait_for 90 "the node is not ready; see $run/logs/kubelet.log" kubectl wait --for=condition=Ready --timeout=1s node/node-1
  wait_for 10 "no cluster DNS; see $run/logs/names.log" test -s "$run/dns/services"
}

start_containerd() {
  # isDefaultGateway: without a default route no pod reaches a Service address. dataDir: else addresses leak into /var/lib/cni for ever.
  cat >"$run/cni/10-test.conflist" <<JSON
{"cniVersion": "0.4.0", "name": "$network_name", "plugins": [
  {"type": "bridge", "bridge": "$pod_bridge", "isDefaultGateway": true, "ipMasq": true,
   "ipam": {"type": "host-local", "dataDir": "$run/cni-addresses", "ranges": [[{"subnet": "$pod_network"}]]}},
  {"type": "loopback"}]}
JSON
  # netns_mounts_under_state_dir: so that `down` knows which network namespaces are ours.
  cat >"$run/containerd.toml" <<TOML
version = 2
root = "$run/containerd/root"
state = "$run/containerd/state"
[grpc]
  address = "$run/containerd.sock"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "runbooks.dev/pause:dev"
  restrict_oom_score_adj = true   # in a container this process may not lower its own score
  netns_mounts_under_state_dir = true
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "/usr/lib/cni"
    conf_dir = "$run/cni"
TOML
  start_process "$run" containerd containerd --config "$run/containerd.toml"
  wait_for 30 "containerd does not answer; see $run/logs/containerd.log" ctr -a "$run/containerd.sock" version
}

load_basic_images() {
  local root=$run/busybox applet
  mkdir -p "$root"/{bin,tmp,etc}
  chmod 1777 "$root/tmp"
  cp /bin/busybox "$root/bin/"
  for applet in $(/bin/busybox --list); do
    if [[ $applet != busybox ]]; then ln -sf busybox "$root/bin/$applet"; fi
  done
  image runbooks.dev/pause:dev "$root" '["/bin/busybox", "sleep", "2147483647"]'
  image docker.io/library/busybox:1 "$root" '[]'
}

start_kubelet() {
  # Nothing may be evicted or collected because the machine's disk is full of other things.
  cat >"$run/kubelet.yaml" <<YAML
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
authentication: {anonymous: {enabled: false}, webhook: {enabled: true}, x509: {clientCAFile: $run/pki/ca.crt}}
authorization: {mode: Webhook}
cgroupDriver: cgroupfs
failSwapOn: false
tlsCertFile: $run/pki/kubelet.crt
tlsPrivateKeyFile: $run/pki/kubelet.key
resolvConf: ""
clusterDNS: [$node_address]
clusterDomain: cluster.local
evictionHard: {}
imageGCHighThresholdPercent: 100
enforceNodeAllocatable: []
YAML
  start_process "$run" kubelet "$bin/kubelet" --config="$run/kubelet.yaml" --kubeconfig="$run/kubelet.kubeconfig" \
    --container-runtime=remote --container-runtime-endpoint="unix://$run/containerd.sock" \
    --hostname-override=node-1 --node-ip="$node_address" --root-dir="$run/kubelet"
}

start_proxy() {
  # conntrack: all zero, else it writes kernel settings, which a container may not.
  cat >"$run/proxy.yaml" <<YAML
apiVersion: kubeproxy.config.k8s.io/v1alpha1
kind: KubeProxyConfiguration
mode: iptables
clusterCIDR: $pod_network
hostnameOverride: node-1
clientConnection: {kubeconfig: $run/proxy.kubeconfig}
conntrack: {maxPerCore: 0, tcpEstablishedTimeout: 0s, tcpCloseWaitTimeout: 0s}
YAML
  start_process "$run" proxy "$bin/kube-proxy" --config="$run/proxy.yaml"
}

start_dns() {
  start_process "$run" dns dnsmasq --keep-in-foreground --conf-file=/dev/null --no-resolv --no-hosts --bind-interfaces \
    --listen-address="$node_address" --user=root --pid-file= --hostsdir="$run/dns" --no-negcache --local=/cluster.local/
  start_process "$run" names "$here/lib/service-names" "$run/dns/services"
}

# Ends the containers by ending the first process of each, a child of containerd's shim: the kernel ends the rest of its process namespace.
stop_containers() {
  local shim
  for shim in $(ps -eo pid=,args= | awk -v folder="$run/" '/containerd-shim-runc/ && index($0, folder) {print $1}'); do
    ps -o pid= --ppid "$shim" | xargs -r kill -KILL 2>/dev/null || true
    kill -KILL "$shim" 2>/dev/null || true
  done
}

remove_mounts() {
  awk -v folder="$run/" 'index($2, folder) == 1 {print $2}' /proc/mounts | sort -r | xargs -r -n1 umount -l 2>/dev/null || true
}

# Only the rules that the kubelet, kube-proxy and the network plugin made; their names begin so by contract.
remove_rules() {
  local program rules
  for program in iptables ip6tables; do
    rules=$("$program-save" 2>/dev/null) || continue
    if [[ $rules == *KUBE-* || $rules == *CNI-* ]]; then
      grep -vE 'KUBE-|CNI-' <<<"$rules" | "$program-restore" || echo "could not remove the rules of $program" >&2
    fi
  done
}

remove_network() {
  local link sandbox
  if [[ -d $run/containerd ]]; then remove_rules; fi
  for link in "$pod_bridge" "$node_bridge"; do
    ip link del "$link" 2>/dev/null || true
  done
  # The network plugins' notes, one file for each pod sandbox.
  for sandbox in "$run"/containerd/root/io.containerd.grpc.v1.cri/sandboxes/*/; do
    rm -f /var/lib/cni/results/*-"$(basename "$sandbox")"-*
  done
}

# The kubelet of this version keeps logs of pods outside its own folder.
remove_pod_logs() {
  local pod
  for pod in "$run"/kubelet/pods/*/; do
    rm -rf "/var/log/pods/"*"_$(basename "$pod")"
  done
  if [[ -d /var/log/containers ]]; then find /var/log/containers -xtype l -delete; fi
}

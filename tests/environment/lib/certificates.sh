# Certificates and kubeconfig files of the test cluster. Sourced by `cluster`; uses its variables run, port, node_address and api_address.
# shellcheck shell=bash disable=SC2154

make_certificates() {
  local pki=$run/pki name
  openssl req -x509 -newkey rsa:2048 -nodes -keyout "$pki/ca.key" -out "$pki/ca.crt" -subj /CN=kubernetes -days 365 2>/dev/null
  openssl genrsa -out "$pki/accounts.key" 2048 2>/dev/null
  openssl rsa -in "$pki/accounts.key" -pubout -out "$pki/accounts.pub" 2>/dev/null
  make_certificate apiserver /CN=kube-apiserver \
    "DNS:localhost,DNS:kubernetes,DNS:kubernetes.default,DNS:kubernetes.default.svc,IP:127.0.0.1,IP:$node_address,IP:$api_address"
  make_certificate admin /O=system:masters/CN=admin
  make_certificate controllers /CN=system:kube-controller-manager
  make_certificate scheduler /CN=system:kube-scheduler
  make_certificate proxy /CN=system:kube-proxy
  make_certificate kubelet /O=system:nodes/CN=system:node:node-1 "DNS:node-1,IP:127.0.0.1,IP:$node_address"
  for name in admin controllers scheduler proxy kubelet; do write_kubeconfig "$name"; done
}

make_certificate() { # NAME SUBJECT [ALTERNATIVE-NAMES]
  local pki=$run/pki
  openssl req -newkey rsa:2048 -nodes -keyout "$pki/$1.key" -out "$pki/$1.csr" -subj "$2" 2>/dev/null
  openssl x509 -req -in "$pki/$1.csr" -CA "$pki/ca.crt" -CAkey "$pki/ca.key" -CAcreateserial -days 365 -out "$pki/$1.crt" \
    -extfile <(printf 'subjectAltName=%s\nextendedKeyUsage=serverAuth,clientAuth' "${3:-DNS:client}") 2>/dev/null
}

# With the keys inside, so that the file may be copied elsewhere.
write_kubeconfig() { # NAME
  local pki=$run/pki
  (
    umask 077
    cat >"$run/$1.kubeconfig" <<YAML
apiVersion: v1
kind: Config
clusters: [{name: test, cluster: {server: "https://127.0.0.1:$port", certificate-authority-data: $(base64 -w0 "$pki/ca.crt")}}]
users: [{name: "$1", user: {client-certificate-data: $(base64 -w0 "$pki/$1.crt"), client-key-data: $(base64 -w0 "$pki/$1.key")}}]
contexts: [{name: test, context: {cluster: test, user: "$1"}}]
current-context: test
YAML
  )
}

# Builds the Kubernetes programs from Debian's source package: Debian ships kubectl and no other. Sourced by `cluster`; uses its
# variables here, home and bin.
# shellcheck shell=bash disable=SC2154

kubernetes_programs=(kube-apiserver kube-controller-manager kube-scheduler kube-proxy kubelet)
kubernetes_version=v1.20.2

is_built() {
  local program
  for program in "${kubernetes_programs[@]}"; do
    [[ -x $bin/$program ]] || return 1
  done
}

build() {
  if is_built; then
    echo "already built: $bin"
    return
  fi
  echo "building Kubernetes $kubernetes_version from Debian's source package: about five minutes, once" >&2
  install_packages golang-go golang-github-modern-go-reflect2-dev gcc libc6-dev dpkg-dev
  offer_source_packages
  local folder=$home/source
  rm -rf "$folder"
  mkdir -p "$folder" "$bin"
  if ! "$here/lib/compile-kubernetes" "$folder" "$kubernetes_version" "${kubernetes_programs[@]}" >"$home/build.log" 2>&1 </dev/null; then
    tail -20 "$home/build.log" >&2
    die "the build failed; the whole log is $home/build.log"
  fi
  mv "$folder"/bin/* "$bin/"
  rm -rf "$folder"
  echo "built: $bin"
}

# Adds Debian's source packages to apt's sources, in a file of its own beside the machine's, unless they are there.
offer_source_packages() {
  if has_source_package; then return; fi
  local folder=/etc/apt/sources.list.d
  if [[ -f $folder/debian.sources ]]; then
    sed 's/^Types:.*/Types: deb-src/' "$folder/debian.sources" >"$folder/debian-source-packages.sources"
  else
    sed -n 's/^deb \(.*\)/deb-src \1/p' /etc/apt/sources.list >"$folder/debian-source-packages.list"
  fi
  apt-get update -q >/dev/null || true
  has_source_package || die "Debian's source package of Kubernetes is out of reach; see /etc/apt/sources.list.d"
}

has_source_package() {
  [[ -n $(apt-cache showsrc --only-source kubernetes 2>/dev/null) ]]
}

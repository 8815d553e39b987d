# The operator with its runtime, and git with https and ssh. Sourced by `build`.
# shellcheck shell=bash disable=SC2034,SC2154

entrypoint='["/app/runbook-operator"]'
# The diagnostics port is a socket in /tmp that any process of the pod could attach to.
environment='"HOME=/tmp","DOTNET_EnableDiagnostics=0"'

fill() { # ROOT
  local root=$1 file
  need_commands git=git ssh=openssh-client /etc/ssl/certs/ca-certificates.crt=ca-certificates
  # An artifacts folder of its own, so that the build for one platform does not disturb the folders of the usual build. The analyzers judge
  # in the usual build, not here.
  dotnet publish "$repository/operator/Operator/RunbookOperator.csproj" -c Release -r linux-x64 --self-contained \
    -p:PublishReadyToRun=true -p:DebugType=none -p:RunAnalyzers=false \
    --artifacts-path "$repository/artifacts/publish" -o "$root/app" -v quiet --nologo >&2
  # Documentation, and the debugger's half of the runtime.
  rm -f "$root"/app/*.xml "$root"/app/libmscordaccore.so "$root"/app/libmscordbi.so "$root"/app/createdump
  for file in "$root"/app/*.so "$root/app/runbook-operator"; do add_libraries_of "$root" "$file"; done
  add_runtime_libraries "$root"
  add_programs "$root" git ssh /usr/lib/git-core/git-remote-http
  # Empty: git only warns where there is none.
  mkdir -p "$root/usr/share/git-core/templates"
  ln -s git-remote-http "$root/usr/lib/git-core/git-remote-https"
  add_files "$root" /etc/ssl/certs/ca-certificates.crt
}

# The runtime opens OpenSSL by name when it needs it; no program's list of libraries says so.
add_runtime_libraries() { # ROOT
  local name path
  for name in libssl.so.3 libcrypto.so.3; do
    # Read to the end: a reader that stops early makes the writer fail.
    path=$(ldconfig -p | awk -v name="$name" '$1 == name && /x86-64/ && !found++ {print $NF}')
    [[ -n $path ]] || die "no $name on this machine; install libssl3"
    add_files "$1" "$path"
    add_libraries_of "$1" "$path"
  done
}

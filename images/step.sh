# The image that `run` steps use: bash and the tools that people write in runbooks. Sourced by `build`.
# shellcheck shell=bash

fill() { # ROOT
  local root=$1 programs
  need_commands kubectl=kubernetes-client gawk=gawk jq=jq curl=curl find=findutils /bin/busybox=busybox-static \
    /etc/ssl/certs/ca-certificates.crt=ca-certificates
  mapfile -t programs < <(programs_of_package coreutils)
  add_programs "$root" bash gawk grep sed find xargs jq curl kubectl "${programs[@]}"
  ln -s gawk "$root/usr/bin/awk"
  ln -s bash "$root/usr/bin/sh"
  # Not worth their libraries: the small ones do.
  add_files "$root" /bin/busybox
  for program in hostname less nc nslookup ps; do ln -s busybox "$root/usr/bin/$program"; done
  add_files "$root" /etc/ssl/certs/ca-certificates.crt
}

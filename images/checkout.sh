# The workload of the example: a web server that tells its state as metrics and can be broken from outside. Sourced by `build`.
# shellcheck shell=bash disable=SC2034,SC2154

entrypoint='["/usr/bin/checkout"]'

fill() { # ROOT
  local root=$1 applet
  need_commands /bin/busybox=busybox-static
  cp /bin/busybox "$root/usr/bin/"
  for applet in sh cat cp httpd mkdir; do ln -s busybox "$root/usr/bin/$applet"; done
  install -m 755 "$repository/images/checkout/checkout" "$root/usr/bin/checkout"
  install -D -m 644 "$repository/images/checkout/healthy.metrics" "$root/usr/share/checkout/healthy.metrics"
  install -D -m 644 "$repository/images/checkout/exhausted.metrics" "$root/usr/share/checkout/exhausted.metrics"
}

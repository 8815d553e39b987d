# The workload of the example: a web server that tells its state as metrics and can be broken from outside. Sourced by `build`.
# shellcheck shell=bash disable=SC2034,SC2154

entrypoint='["/usr/bin/checkout"]'

fill() { # ROOT
  local root=$1 applet files=$repository/images/checkout
  need_commands /bin/busybox=busybox-static
  cp /bin/busybox "$root/usr/bin/"
  for applet in sh awk cat cp httpd mkdir mv sleep; do ln -s busybox "$root/usr/bin/$applet"; done
  install -m 755 -t "$root/usr/bin" "$files/checkout" "$files/leak-connections"
  install -D -m 644 -t "$root/usr/share/checkout" "$files"/*.metrics
}

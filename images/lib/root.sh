# Root file systems made of this Debian's own programs and the libraries they load. Sourced, not run.
# shellcheck shell=bash

# The user of every image: no account of any machine.
image_user=65532

new_root() { # ROOT
  local root=$1 folder
  rm -rf "$root"
  mkdir -p "$root"/{etc,proc,sys,dev,run,tmp,usr/bin,usr/sbin,usr/lib,usr/lib64,usr/local/bin}
  chmod 1777 "$root/tmp"
  for folder in bin sbin lib lib64; do ln -s "usr/$folder" "$root/$folder"; done
  printf 'root:x:0:0:root:/root:/sbin/nologin\nrunbooks:x:%s:%s:runbooks:/tmp:/bin/bash\n' "$image_user" "$image_user" >"$root/etc/passwd"
  printf 'root:x:0:\nrunbooks:x:%s:\n' "$image_user" >"$root/etc/group"
  printf 'passwd: files\ngroup: files\nhosts: files dns\n' >"$root/etc/nsswitch.conf"
}

# Copies files to the same place, links followed.
add_files() { # ROOT FILE...
  local root=$1 file
  shift
  for file in "$@"; do
    mkdir -p "$root$(dirname "$file")"
    cp -L "$file" "$root$file"
  done
}

# Copies programs, found in PATH or given by path, with the libraries they load.
add_programs() { # ROOT PROGRAM...
  local root=$1 program path
  shift
  for program in "$@"; do
    path=$(command -v "$program") || die "no program $program on this machine"
    add_files "$root" "$path"
    add_libraries_of "$root" "$path"
  done
}

# What the loader would load for a program or library; nothing for a static one or a script. A library that finds another beside itself names
# it by its path in the root.
add_libraries_of() { # ROOT FILE
  local root=$1 library
  for library in $(ldd "$2" 2>/dev/null | grep -oE '/[^ ]+' || true); do
    if [[ $library != "$root"/* && ! -e $root$library ]]; then add_files "$root" "$library"; fi
  done
}

# The programs that a Debian package puts into bin.
programs_of_package() { # PACKAGE
  dpkg -L "$1" | grep -E '^(/usr)?/bin/[^/]+$'
}

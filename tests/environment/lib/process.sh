# Background processes with a log and a process file each, waiting with a deadline, and Debian packages. Sourced, not run.
# shellcheck shell=bash

# Daemons live in /usr/sbin, which the PATH of a user who became root may lack.
export PATH=$PATH:/usr/sbin:/sbin

die() {
  echo "$(basename "$0"): $*" >&2
  exit 1
}

# Prints when a process started, in clock ticks since boot; with its id this names a process for ever. Nothing if there is none.
process_started_at() { # PID
  [[ -r /proc/$1/stat ]] || return 0
  sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -d' ' -f20
}

# Runs a command in the background, as the leader of its own process group; its output goes to DIR/logs/NAME.log.
start_process() { # DIR NAME COMMAND...
  local dir=$1 name=$2 pid
  shift 2
  mkdir -p "$dir/logs" "$dir/processes"
  # Descriptor 9 is the lock of whoever starts this; a daemon must not keep it.
  setsid "$@" >"$dir/logs/$name.log" 2>&1 </dev/null 9>&- &
  pid=$!
  echo "$pid $(process_started_at "$pid")" >"$dir/processes/$name"
}

process_is_running() { # DIR NAME
  local pid started
  [[ -f $1/processes/$2 ]] || return 1
  read -r pid started <"$1/processes/$2" || return 1
  [[ -n $started && $(process_started_at "$pid") == "$started" && $(process_state "$pid") != Z ]]
}

process_state() { # PID
  [[ -r /proc/$1/stat ]] || return 0
  sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -d' ' -f1
}

# Ends one process and all of its group. An id that now belongs to another process is left alone.
stop_process() { # DIR NAME [SIGNAL]
  local pid started
  if process_is_running "$1" "$2"; then
    read -r pid started <"$1/processes/$2"
    kill "-${3:-KILL}" -- "-$pid" 2>/dev/null || true
    wait_for 20 "$2 did not end" process_has_ended "$pid" "$started"
  fi
  rm -f "$1/processes/$2"
}

process_has_ended() { # PID STARTED
  [[ $(process_started_at "$1") != "$2" || $(process_state "$1") == Z ]]
}

stop_all_processes() { # DIR [SIGNAL]
  local file
  for file in "$1"/processes/*; do
    if [[ -f $file ]]; then stop_process "$1" "$(basename "$file")" "${2:-KILL}"; fi
  done
}

# Tries a command until it succeeds; ends the script with MESSAGE when the time is over.
wait_for() { # SECONDS MESSAGE COMMAND...
  local end=$((SECONDS + $1)) message=$2
  shift 2
  until "$@" >/dev/null 2>&1; do
    ((SECONDS < end)) || die "$message (gave up waiting for: $*)"
    sleep 0.1
  done
}

port_is_open() { # ADDRESS PORT
  (exec 3<>"/dev/tcp/$1/$2") 2>/dev/null
}

port_is_closed() { # ADDRESS PORT
  ! port_is_open "$1" "$2"
}

# Installs the packages of those commands and files that are missing. COMMAND is a name, or the absolute path of any file.
need_commands() { # COMMAND=PACKAGE...
  local pair packages=()
  for pair in "$@"; do
    if [[ ! -e ${pair%%=*} ]] && ! command -v "${pair%%=*}" >/dev/null; then packages+=("${pair#*=}"); fi
  done
  if ((${#packages[@]})); then install_packages "${packages[@]}"; fi
}

install_packages() { # PACKAGE...
  ((EUID == 0)) || die "missing packages, and only root can install them: $*"
  command -v apt-get >/dev/null || die "missing packages, and this is no Debian: $*"
  local log
  log=$(mktemp)
  # One broken third-party source must not stop the work: what is really missing makes the installation fail below.
  apt-get update -q >"$log" 2>&1 || true
  if ! apt_install "$@" >>"$log" 2>&1 </dev/null 9>&-; then
    tail -20 "$log" >&2
    die "could not install: $*; the whole log is $log"
  fi
  rm -f "$log"
}

# Installs without starting services: a package of a server would start one of its own, on its own port.
apt_install() ( # PACKAGE...
  local policy=/usr/sbin/policy-rc.d
  if [[ ! -e $policy ]]; then
    # shellcheck disable=SC2064
    trap "rm -f $policy" EXIT
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod +x "$policy"
  fi
  DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends "$@"
)

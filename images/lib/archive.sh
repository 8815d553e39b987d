# Container images without a registry or a container builder: an archive as `docker save` writes it. Sourced, not run.
# shellcheck shell=bash

# Packs a root file system of one layer. The archive is the same for the same content: no times, no owners.
# SETTINGS is the image's configuration as JSON: Entrypoint, Env, User, WorkingDir.
pack_image() { # NAME FOLDER SETTINGS-JSON ARCHIVE
  local name=$1 folder=$2 settings=$3 archive=$4 work sum
  work=$(mktemp -d)
  tar -C "$folder" --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner -cf "$work/layer.tar" .
  sum=$(sha256sum "$work/layer.tar" | cut -d' ' -f1)
  printf '{"architecture":"amd64","os":"linux","config":%s,"rootfs":{"type":"layers","diff_ids":["sha256:%s"]}}' \
    "$settings" "$sum" >"$work/config.json"
  printf '[{"Config":"config.json","RepoTags":["%s"],"Layers":["layer.tar"]}]' "$name" >"$work/manifest.json"
  tar -C "$work" --mtime=@0 --owner=0 --group=0 --numeric-owner -cf "$archive" config.json manifest.json layer.tar
  rm -rf "$work"
}

#!/usr/bin/env bash
# Supplies the base image of every image here: pulled from a registry where one can be reached,
# otherwise put together from Debian's own packages. With --make no registry is asked.
set -euo pipefail

pull=true
case "${1:-}" in
"") ;;
--make) pull=false ;;
*)
  echo "docker/base.sh: wanted no argument or --make; got “$1”" >&2
  exit 2
  ;;
esac

image=debian:bookworm-slim

say() { printf 'docker/base.sh: %s\n' "$*" >&2; }

if ! docker info >/dev/null 2>&1; then
  say "no container engine answers; install one (apt-get install docker.io) and start it (dockerd)"
  exit 1
fi
if docker image inspect "$image" >/dev/null 2>&1; then
  say "$image is present"
  exit 0
fi
if $pull && timeout 60 docker pull --quiet "$image" 2>/dev/null; then
  say "$image was pulled"
  exit 0
fi
if ! command -v mmdebstrap >/dev/null; then
  say "to make $image here: apt-get install mmdebstrap, then run this again"
  exit 1
fi

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
# Documentation, manuals and translations are left out, as the published slim image does.
if ! mmdebstrap --quiet --variant=minbase \
  --dpkgopt='path-exclude=/usr/share/doc/*' \
  --dpkgopt='path-exclude=/usr/share/man/*' \
  --dpkgopt='path-exclude=/usr/share/locale/*' \
  --customize-hook='rm -rf "$1"/var/lib/apt/lists/* "$1"/var/cache/apt/*.bin' \
  bookworm "$folder/base.tar" 2>"$folder/log"; then
  cat "$folder/log" >&2
  say "mmdebstrap failed; it needs a Debian mirror (its words are above)"
  exit 1
fi
docker import "$folder/base.tar" "$image" >/dev/null
say "$image was made by mmdebstrap"

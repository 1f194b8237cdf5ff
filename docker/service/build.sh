#!/usr/bin/env bash
# Builds the image of `badgateway backend` from a checkout, without asking a registry for anything but its base
# (docker/base.sh supplies that): Node and the packages are those of `npm ci`.
set -euo pipefail

tag=${1:-badgateway/backend-service}
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
context=$(mktemp -d)
trap 'rm -rf "$context"' EXIT

cd "$root"
mkdir -p "$context/bin"
cp node_modules/node/bin/node "$context/bin/node"
cp docker/service/Dockerfile "$context/Dockerfile"
cp -r package.json harness scenarios "$context/"
# Only what the package itself needs: the paths of its dependencies, theirs too.
npm ls --omit=dev --all --parseable | sed -n "s|^$root/||p" | sort -u | while read -r path; do
  mkdir -p "$context/$(dirname "$path")"
  cp -r "$path" "$context/$(dirname "$path")/"
done
docker build --quiet --tag "$tag" "$context"

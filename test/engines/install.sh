#!/usr/bin/env bash
# Builds current versions of docker's build client, of BuildKit and of docker's engine from the Go module proxy, into the folder given. Safe to
# run again: a version that is there is not built twice.
set -euo pipefail

readonly buildx=v0.38.2 buildkit=v0.34.2 moby=v2.0.0-beta.24
readonly target=$(realpath -m "${1:?usage: install.sh FOLDER}")
mkdir -p "$target"

# A module with replace or exclude lines cannot be installed by name, so each is built in its own folder of the cache.
build() {
  local module=$1 version=$2 package=$3 name=$4 variable=${5:-version.Version} folder
  if [ "$(cat "$target/$name.version" 2>/dev/null)" = "$version" ]; then return; fi
  echo "building $name $version" >&2
  folder=$(cd / && GOFLAGS=-modcacherw go mod download -json "$module@$version" | sed -n 's/^\t"Dir": "\(.*\)",$/\1/p')
  (
    cd "$folder"
    CGO_ENABLED=0 GOFLAGS='-modcacherw -mod=readonly' GOWORK=off \
      go build -trimpath -ldflags="-s -w -X $module/$variable=$version" -o "$target/$name" "./$package"
  )
  echo "$version" >"$target/$name.version"
}

build github.com/docker/buildx "$buildx" cmd/buildx docker-buildx
build github.com/moby/buildkit "$buildkit" cmd/buildkitd buildkitd
build github.com/moby/moby/v2 "$moby" cmd/dockerd dockerd dockerversion.Version

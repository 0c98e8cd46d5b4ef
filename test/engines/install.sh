#!/usr/bin/env bash
# Builds current versions of docker's build client, of BuildKit, of docker's engine and of nerdctl from the Go module proxy, into
# the folder given. Safe to run again: a version that is there is not built twice.
set -euo pipefail

readonly buildx=v0.38.2 buildkit=v0.34.2 moby=v2.0.0-beta.24 nerdctl=v2.2.1
readonly target=$(realpath -m "${1:?usage: install.sh FOLDER}")
mkdir -p "$target"
# Modules and compiled packages of their own, gone at the end: they take more than three gigabytes and serve nothing else.
work=$(mktemp -d)
readonly work
trap 'rm -rf "$work"' EXIT
export GOMODCACHE=$work/modules GOCACHE=$work/compiled

is_there() {
  [ "$(cat "$target/$1.version" 2>/dev/null)" = "$2" ]
}

# Prints the folder of a module in the cache.
download() {
  (cd / && GOFLAGS=-modcacherw go mod download -json "$1") | sed -n 's/^\t"Dir": "\(.*\)",$/\1/p'
}

compile() {
  local module=$1 version=$2 package=$3 name=$4 variable=$5
  CGO_ENABLED=0 GOFLAGS='-modcacherw -mod=readonly' GOWORK=off \
    go build -trimpath -buildvcs=false -gcflags=all=-dwarf=false -ldflags="-s -w -X $module/$variable=$version" \
    -o "$target/$name" "./$package"
  echo "$version" >"$target/$name.version"
}

# A module with replace or exclude lines cannot be installed by name, so each is built in its own folder of the cache.
build() {
  local module=$1 version=$2 package=$3 name=$4 variable=${5:-version.Version} folder
  if is_there "$name" "$version"; then return; fi
  echo "building $name $version" >&2
  folder=$(download "$module@$version")
  (cd "$folder" && compile "$module" "$version" "$package" "$name" "$variable")
}

# The module that its tests need is not in the proxy, so it is built from a copy without them.
build_nerdctl() {
  local module=github.com/containerd/nerdctl/v2 tests=github.com/containerd/nerdctl/mod/tigron folder copy
  if is_there nerdctl "$nerdctl"; then return; fi
  echo "building nerdctl $nerdctl" >&2
  folder=$(download "$module@$nerdctl")
  copy=$(mktemp -d -p "$work")
  cp -r --no-preserve=mode "$folder/." "$copy"
  (
    cd "$copy"
    rm cmd/nerdctl/helpers/testing*.go
    go mod edit -droprequire "$tests" -dropreplace "$tests@v0.0.0"
    compile "$module" "$nerdctl" cmd/nerdctl nerdctl pkg/version.Version
  )
}

build github.com/docker/buildx "$buildx" cmd/buildx docker-buildx
build github.com/moby/buildkit "$buildkit" cmd/buildkitd buildkitd
build github.com/moby/buildkit "$buildkit" cmd/buildctl buildctl
build github.com/moby/moby/v2 "$moby" cmd/dockerd dockerd dockerversion.Version
build_nerdctl

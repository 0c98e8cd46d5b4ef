#!/bin/bash
# debian.sh SUITE OUT: root file systems of a Debian release, by debootstrap.
#   OUT/SUITE-slim.tar   what debian:SUITE-slim has: no certificates, no zoneinfo
#   OUT/SUITE-scm.tar    what the Debian variants of golang stand on: gcc, g++, make, pkg-config, git, certificates
#   OUT/SUITE            the second one as a folder, for the other scripts
# Of bullseye there is the first one only: programs run on it, and nothing is built there.
set -euo pipefail
suite=$1 out=$2
root=$out/$suite
export DEBIAN_FRONTEND=noninteractive LC_ALL=C

rm -rf "$root"
mkdir -p "$root"
debootstrap --variant=minbase "$suite" "$root" http://deb.debian.org/debian >"$out/$suite.log" 2>&1 || {
  tail -n 5 "$out/$suite.log" >&2
  exit 1
}

pack() {
  tar --create --file "$1" --directory "$root" --numeric-owner \
    --exclude='./var/cache/apt/*' --exclude='./var/lib/apt/lists/*' --exclude='./var/log/*' \
    --exclude='./usr/share/doc/*' --exclude='./usr/share/man/*' --exclude='./usr/share/locale/*' \
    --exclude='./proc/*' --exclude='./sys/*' --exclude='./dev/*' "${@:2}" .
}

# minbase brings tzdata along; the slim image does not have it.
pack "$out/$suite-slim.tar" --exclude='./usr/share/zoneinfo/*'
if [ "$suite" = bullseye ]; then
  rm -rf "$root"
  exit
fi
chroot "$root" apt-get install --yes -qq --no-install-recommends \
  gcc g++ libc6-dev make pkg-config git ca-certificates >>"$out/$suite.log" 2>&1
pack "$out/$suite-scm.tar"
# What the images without a package manager are cut out of.
chroot "$root" apt-get install --yes -qq --no-install-recommends \
  musl-tools busybox-static tzdata netbase media-types "$(
    chroot "$root" apt-cache --names-only search '^libssl(1\.1|3|3t64)$' | cut -d' ' -f1
  )" libzstd1 zlib1g >>"$out/$suite.log" 2>&1

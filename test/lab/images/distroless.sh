#!/bin/bash
# distroless.sh SUITE OUT: after debian.sh, the root file systems that distroless cuts out of the same Debian packages.
#   OUT/SUITE-static.tar      certificates, zoneinfo, passwd with root, nobody and nonroot, /tmp; no libc, no shell
#   OUT/SUITE-base-nossl.tar  with glibc
#   OUT/SUITE-base.tar        with glibc and OpenSSL
#   OUT/SUITE-cc.tar          with libgcc and libstdc++ too
set -euo pipefail
suite=$1 out=$2
source=$out/$suite
root=$out/$suite-distroless
rm -rf "$root"
mkdir -p "$root"/{tmp,root,etc/ssl/certs,home/nonroot,usr/{bin,sbin,lib,lib64},var/{tmp,run},proc,sys,dev}
for folder in bin sbin lib lib64; do ln -s "usr/$folder" "$root/$folder"; done
chmod 1777 "$root/tmp" "$root/var/tmp"
chmod 700 "$root/root" "$root/home/nonroot"
chown 65532:65532 "$root/home/nonroot"

# The files of Debian packages, without their documentation.
add() {
  local package
  for package in "$@"; do
    chroot "$source" dpkg-query --listfiles "$package" |
      grep --invert-match --extended-regexp '^/usr/share/(doc|man|lintian|bug)(/|$)' |
      while read -r path; do
        if [ -d "$source$path" ] && [ ! -L "$source$path" ]; then continue; fi
        [ -e "$source$path" ] || [ -L "$source$path" ] || continue
        mkdir -p "$root$(dirname "$path")"
        cp --no-dereference --preserve=all "$source$path" "$root$path"
      done
  done
}

pack() {
  tar --create --file "$out/$suite-$1.tar" --directory "$root" --numeric-owner .
}

printf '%s\n' 'root:x:0:0:root:/root:/sbin/nologin' 'nobody:x:65534:65534:nobody:/nonexistent:/sbin/nologin' \
  'nonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin' >"$root/etc/passwd"
printf '%s\n' 'root:x:0:' 'nobody:x:65534:' 'tty:x:5:' 'staff:x:50:' 'nonroot:x:65532:' >"$root/etc/group"
echo 'hosts: files dns' >"$root/etc/nsswitch.conf"
cp "$source/etc/ssl/certs/ca-certificates.crt" "$root/etc/ssl/certs/"
cp --dereference "$source/etc/os-release" "$root/etc/os-release"
add netbase tzdata media-types
pack static
add libc6
pack base-nossl
# Its name has a suffix since Debian 13.
add "$(chroot "$source" dpkg-query --show --showformat='${db:Status-Status} ${Package}\n' 'libssl3*' | sed -n 's/^installed //p')" \
  libzstd1 zlib1g
pack base
add libgcc-s1 libstdc++6
pack cc
rm -rf "$root"

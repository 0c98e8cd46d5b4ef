#!/bin/bash
# alpine.sh SUITE OUT: after debian.sh, a root file system with what Alpine has that matters to a Go program: musl as the
# only libc, busybox as the shell, a certificate bundle, no zoneinfo, no compiler, no git. Its apk installs from a folder
# of the image (see apk.sh), because no mirror of Alpine can be reached.
#   OUT/alpine.tar     apk has ca-certificates and tzdata
#   OUT/alpine-go.tar  apk has gcc and musl-dev too
set -euo pipefail
suite=$1 out=$2 here=$(dirname "$0")
source=$out/$suite
root=$out/alpine
arch=$(uname -m)
rm -rf "$root"
mkdir -p "$root"/{bin,sbin,lib,usr/{bin,sbin,lib},etc/{ssl/certs,apk},root,home,tmp,var/{tmp,log},proc,sys,dev,run,srv,mnt,opt}
mkdir -p "$root/var/lib/lab-apk/packages"
chmod 1777 "$root/tmp" "$root/var/tmp"
chmod 700 "$root/root"

# musl is the only libc: nothing linked with glibc starts here.
cp "$source/usr/lib/$arch-linux-musl/libc.so" "$root/lib/ld-musl-$arch.so.1"
ln -s "ld-musl-$arch.so.1" "$root/lib/libc.musl-$arch.so.1"
cp "$source/usr/bin/busybox" "$root/bin/busybox"
chroot "$source" busybox --list-full | while read -r applet; do
  [ "$applet" = bin/busybox ] || ln -s /bin/busybox "$root/$applet" 2>/dev/null || true
done

cp "$source/etc/ssl/certs/ca-certificates.crt" "$root/etc/ssl/certs/"
ln -s certs/ca-certificates.crt "$root/etc/ssl/cert.pem"
printf '%s\n' 'root:x:0:0:root:/root:/bin/sh' 'bin:x:1:1:bin:/bin:/sbin/nologin' \
  'nobody:x:65534:65534:nobody:/:/sbin/nologin' >"$root/etc/passwd"
printf '%s\n' 'root:x:0:root' 'bin:x:1:root' 'wheel:x:10:root' 'users:x:100:' 'nobody:x:65534:' >"$root/etc/group"
printf '%s\n' 'root:*::0:::::' 'bin:!::0:::::' 'nobody:!::0:::::' >"$root/etc/shadow"
chmod 640 "$root/etc/shadow"
printf '%s\n' /bin/sh /bin/ash >"$root/etc/shells"
echo 'ID=alpine' >"$root/etc/os-release"
rm -f "$root/sbin/apk" "$root/usr/bin/dpkg" "$root/usr/bin/rpm"
install -m 755 "$here/apk.sh" "$root/sbin/apk"
# Debian's busybox was built without these two.
install -m 755 "$here/adduser.sh" "$root/usr/sbin/adduser"
install -m 755 "$here/addgroup.sh" "$root/usr/sbin/addgroup"

# A package is a folder whose content is laid over the root.
packages=$root/var/lib/lab-apk/packages
mkdir -p "$packages/ca-certificates/usr/share/ca-certificates" "$packages/tzdata/usr/share"
cp -r "$source/usr/share/ca-certificates/mozilla" "$packages/ca-certificates/usr/share/ca-certificates/"
cp -r "$source/usr/share/zoneinfo" "$packages/tzdata/usr/share/zoneinfo"
tar --create --file "$out/alpine.tar" --directory "$root" --numeric-owner .

bash "$here/musl-gcc.sh" "$source" "$packages/gcc" "$packages/musl-dev"
tar --create --file "$out/alpine-go.tar" --directory "$root" --numeric-owner .
rm -rf "$root"

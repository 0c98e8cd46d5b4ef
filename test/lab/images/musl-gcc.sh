#!/bin/bash
# musl-gcc.sh ROOT GCC MUSL: cuts a C compiler that makes musl programs out of Debian's gcc and musl-tools in ROOT, into
# the package folders GCC and MUSL. gcc itself is a glibc program: it gets a glibc of its own in a private folder, so that
# the image it is laid over still has no glibc where a program would find it.
set -euo pipefail
source=$1 gcc=$2 musl=$3
triple=$(uname -m)-linux-gnu
private=/usr/lib/lab-gcc
version=$(basename "$(ls -d "$source/usr/lib/gcc/$triple/"*)")
if [ -d "$source/usr/libexec/gcc/$triple/$version" ]; then libexec=usr/libexec; else libexec=usr/lib; fi
# The program of ROOT that a private one is a copy of.
original() {
  case $1 in
    */bin/gcc) echo "/usr/bin/$triple-gcc-$version" ;;
    */bin/*) echo "/usr/bin/$(basename "$1")" ;;
    *) echo "/$libexec/gcc/$triple/$version/$(basename "$1")" ;;
  esac
}

mkdir -p "$gcc$private"/{bin,lib,"lib/gcc/$triple/$version","${libexec#usr/}/gcc/$triple/$version"} "$gcc/usr/bin"
mkdir -p "$musl/usr/lib" "$musl/usr/include"

libraries=$source/usr/lib/gcc/$triple/$version
cp -r "$libraries/include" "$libraries"/crt*.o "$libraries/libgcc.a" "$libraries/libgcc_eh.a" "$gcc$private/lib/gcc/$triple/$version/"
cp -L "$source/usr/bin/$triple-gcc-$version" "$gcc$private/bin/gcc"
cp -L "$source/usr/bin/as" "$source/usr/bin/ld" "$gcc$private/bin/"
for program in cc1 collect2; do
  cp "$source/$libexec/gcc/$triple/$version/$program" "$gcc$private/${libexec#usr/}/gcc/$triple/$version/"
done

# Each program is started through the loader of the private folder, which finds the private libraries.
find "$gcc$private/bin" "$gcc$private/${libexec#usr/}/gcc" -type f -perm -u+x | while read -r program; do
  name=${program#"$gcc"}
  chroot "$source" ldd "$(original "$name")" | grep -o '/[^ ]*' | while read -r library; do
    cp -Lf "$source$library" "$gcc$private/lib/"
  done
  mv "$program" "$program.real"
  cat >"$program" <<WRAPPER
#!/bin/sh
exec $private/lib/ld-linux-x86-64.so.2 --library-path $private/lib $name.real "\$@"
WRAPPER
  chmod 755 "$program"
done
cat >"$gcc/usr/bin/gcc" <<WRAPPER
#!/bin/sh
exec $private/bin/gcc -B$private/bin/ -fno-use-linker-plugin -specs $private/musl-gcc.specs "\$@"
WRAPPER
chmod 755 "$gcc/usr/bin/gcc"
ln -s gcc "$gcc/usr/bin/cc"

cp -r "$source/usr/lib/$(uname -m)-linux-musl" "$musl/usr/lib/"
cp -r "$source/usr/include/$(uname -m)-linux-musl" "$musl/usr/include/"
cp "$source/usr/lib/$(uname -m)-linux-musl/musl-gcc.specs" "$gcc$private/"

#!/bin/sh
# adduser [-DSH] [-h HOME] [-g GECOS] [-s SHELL] [-G GROUP] [-u UID] USER, as busybox has it.
set -eu
home=
gecos='Linux User,,,'
shell=/bin/sh
group=
uid=
system=
make_home=yes
while [ $# -gt 1 ]; do
  case $1 in
    -D | --disabled-password) ;;
    -S | --system) system=yes ;;
    -H | --no-create-home) make_home= ;;
    -SD | -DS) system=yes ;;
    -DH | -HD) make_home= ;;
    -h | --home) home=$2 && shift ;;
    -g | --gecos) gecos=$2 && shift ;;
    -s | --shell) shell=$2 && shift ;;
    -G | --ingroup) group=$2 && shift ;;
    -u | --uid) uid=$2 && shift ;;
    *) echo "adduser: unrecognized option: $1" >&2 && exit 1 ;;
  esac
  shift
done
if grep -q "^$1:" /etc/passwd; then
  echo "adduser: user '$1' in use" >&2
  exit 1
fi
if [ -z "$uid" ]; then
  if [ -n "$system" ]; then uid=100; else uid=1000; fi
  while grep -q "^[^:]*:[^:]*:$uid:" /etc/passwd; do uid=$((uid + 1)); done
fi
if [ -z "$group" ]; then
  group=$1
  grep -q "^$group:" /etc/group || addgroup -g "$uid" "$group"
fi
gid=$(grep "^$group:" /etc/group | cut -d: -f3)
if [ -z "$gid" ]; then
  echo "adduser: unknown group $group" >&2
  exit 1
fi
home=${home:-/home/$1}
echo "$1:x:$uid:$gid:$gecos:$home:$shell" >>/etc/passwd
if [ -n "$make_home" ] && [ ! -e "$home" ]; then
  mkdir -p "$home"
  chown "$uid:$gid" "$home"
fi

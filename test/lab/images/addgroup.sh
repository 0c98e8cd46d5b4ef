#!/bin/sh
# addgroup [-S] [-g GID] GROUP, as busybox has it.
set -eu
gid=
system=
while [ $# -gt 1 ]; do
  case $1 in
    -g | --gid) gid=$2 && shift ;;
    -S | --system) system=yes ;;
    *) echo "addgroup: unrecognized option: $1" >&2 && exit 1 ;;
  esac
  shift
done
if grep -q "^$1:" /etc/group; then
  echo "addgroup: group '$1' in use" >&2
  exit 1
fi
if [ -z "$gid" ]; then
  if [ -n "$system" ]; then gid=101; else gid=1000; fi
  while grep -q "^[^:]*:[^:]*:$gid:" /etc/group; do gid=$((gid + 1)); done
fi
echo "$1:x:$gid:" >>/etc/group

#!/bin/sh
# The apk of the lab: installs real content from a folder of the image, and fails for every package that is not there,
# as apk does for a package that does not exist. It never pretends to have installed something.
set -eu
packages=/var/lib/lab-apk/packages
command=
names=
for word in "$@"; do
  case $word in
    -*) ;;
    *) if [ -z "$command" ]; then command=$word; else names="$names $word"; fi ;;
  esac
done
case $command in
  update | upgrade) exit 0 ;;
  add) ;;
  *)
    echo "apk of the lab: unknown command: $command" >&2
    exit 99
    ;;
esac
status=0
for name in $names; do
  if [ -d "$packages/$name" ]; then continue; fi
  echo "ERROR: unable to select packages:" >&2
  echo "  $name (no such package):" >&2
  echo "    required by: world[$name]" >&2
  status=1
done
[ "$status" -eq 0 ] || exit "$status"
for name in $names; do
  cp -a "$packages/$name/." /
  echo "Installing $name"
done
echo OK

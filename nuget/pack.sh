#!/usr/bin/env sh
# Packs Wamr.Nano, the wnano tool and the firmware's sources into a folder (default: artifacts/packages). Arguments after it go to dotnet.
set -e
root="$(cd "$(dirname "$0")/.." && pwd)"
to="${1:-$root/artifacts/packages}"
[ $# -gt 0 ] && shift
for project in Wamr.Nano tools/wnano nuget/Wamr.Nano.Firmware; do
    dotnet pack "$root/$project" -c Release -o "$to" --nologo -v q "$@"
done
ls "$to"

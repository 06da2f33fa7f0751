#!/usr/bin/env sh
# Packs Wamr.Nano, the wnano tool and the firmware's sources into a folder (default: artifacts/packages). Arguments after it go to dotnet.
set -e
root="$(cd "$(dirname "$0")/.." && pwd)"
to="${1:-$root/artifacts/packages}"
[ $# -gt 0 ] && shift
echo "packing the library, the tool and the sources of the firmware into $to: about 75 s" >&2
for project in Wamr.Nano tools/wnano nuget/Wamr.Nano.Firmware; do
    echo "  $project" >&2
    dotnet pack "$root/$project" -c Release -o "$to" --nologo -v q "$@"
done
ls "$to"

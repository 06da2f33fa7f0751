#!/usr/bin/env sh
# Packs Wamr.Nano, the wnano tool, the firmware's sources and the C library into a folder (default: artifacts/packages). Arguments after it go to dotnet.
set -e
root="$(cd "$(dirname "$0")/.." && pwd)"
to="${1:-$root/artifacts/packages}"
[ $# -gt 0 ] && shift
echo "packing the library, the tool and the sources of the firmware into $to: about 75 s" >&2
for project in Wamr.Nano tools/wnano nuget/Wamr.Nano.Firmware; do
    echo "  $project" >&2
    dotnet pack "$root/$project" -c Release -o "$to" --nologo -v q "$@"
done
# For C projects: the sources, which need no .NET.
library="$(mktemp -d)/wamr_nano"
for profile in full interp bytecode xip; do
    dotnet run --project "$root/tools/wnano" -c Release -- embed -o "$library/$profile" --profile "$profile"
done
tar -czf "$to/wamr_nano-c.tar.gz" -C "$(dirname "$library")" wamr_nano
rm -rf "$(dirname "$library")"
ls "$to"

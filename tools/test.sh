#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# The tests on a fresh machine: brings the .NET SDK, compilers and emulators, then runs them. The last line sums them up.
#   tools/test.sh           all tests, about half an hour
#   tools/test.sh --fast    the fast ones, about two minutes: no firmware, no packages, no contests
#   tools/test.sh NAME      those of both whose full name contains NAME
set -uo pipefail
cd "$(dirname "$0")/.."
. tools/setup.sh

arguments=()
project=Wamr.Nano.sln
case "${1:-}" in
    "") ;;
    --fast) project=Wamr.Nano.Tests/Wamr.Nano.Tests.csproj ;;
    -*) echo "usage: tools/test.sh [--fast | NAME]" >&2; exit 2 ;;
    *) arguments=(--filter "FullyQualifiedName~$1") ;;
esac

need_dotnet
need_packages demo test
log=$(mktemp)
trap 'rm -f "$log"' EXIT
dotnet restore "$project" || exit 1
# A test that hangs is stopped and named instead of holding up the run.
dotnet test "$project" --no-restore --blame-hang-timeout 20m --blame-hang-dump-type none "${arguments[@]}" 2>&1 | tee "$log"
status=$?

# One line a test assembly: "Passed!  - Failed:     0, Passed:   113, Skipped:     0, Total: ..."
read -r passed failed skipped < <(
    sed -nE 's/.*- Failed: +([0-9]+), Passed: +([0-9]+), Skipped: +([0-9]+),.*/\2 \1 \3/p' "$log" |
        awk '{ p += $1; f += $2; s += $3 } END { print p + 0, f + 0, s + 0 }')
[ "$passed" -gt 0 ] || status=1
echo "$passed passed, $failed failed, $skipped skipped"
[ "$status" = 0 ] && [ "$failed" = 0 ]

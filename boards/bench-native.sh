#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# What native images cost on an emulated board: instructions of the nine kernels beside native gcc -O3 on the Cortex-M4F, bytes of the images,
# instructions of loading one, flash of the firmware that runs images alone, smallest pools.
# Usage: boards/bench-native.sh [board [options of wnano compile]]; KERNELS="crc32 fib" for some of the kernels, and nothing else.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd) board=${1:-mps2-an386}
shift || true
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
dotnet build -m:1 -v q --nologo "$root/tools/wnano/wnano.csproj" > /dev/null
wnano() { WNANO_SOURCE=$root dotnet "$root/tools/wnano/bin/Debug/net10.0/wnano.dll" "$@"; }
number() { sed -n "s/^$1: \([0-9,]*\).*/\1/p" | tr -d ,; }
# Name, argument, thousands of instructions of native code on the Cortex-M4F, result.
while read -r kernel argument native expected; do
    [[ -z ${KERNELS:-} || " $KERNELS " == *" $kernel "* ]] || continue
    wasm=$root/bench/kernels/$kernel.wasm
    wnano compile "$wasm" --board "$board" -o "$work/$kernel.xip" "$@" > /dev/null
    out=$(wnano run "$work/$kernel.xip" --board "$board" --count --invoke run "$argument" 2>&1) || true
    result=$(sed -n 's/^run: //p' <<< "$out") count=$(number instructions <<< "$out")
    if [[ -z $count ]]; then echo "$kernel: $out" >&2; else echo "$kernel $count $native $((result & 0xFFFFFFFF)) $expected $(stat -c %s "$work/$kernel.xip" "$wasm" | tr '\n' ' ')"; fi
done < "$root/bench/kernels/cortex-m4f.txt" | awk '{ x = $2 / $3 / 1000; sum += log(x); n++; image += $6; wasm += $7; printf "%-10s %11d %6.2fx %s %6d B\n", $1, $2, x, $4 == $5 ? "ok" : "WRONG", $6 }
    END { printf "geometric mean %.2fx; images %d B, wasm %d B\n", exp(sum / n), image, wasm }'
[[ -z ${KERNELS:-} ]] || exit 0
for app in hello/hello:_start logger/logger:_start sensor/sensor:run\ 4; do
    name=$(basename "${app%%:*}")
    wnano compile "$root/samples/${app%%:*}.wasm" --board "$board" -o "$work/$name.xip" "$@" > /dev/null
    # shellcheck disable=SC2086 # the function and its arguments
    out=$(wnano run "$work/$name.xip" --board "$board" --count --invoke ${app#*:})
    echo "$name: image $(stat -c %s "$work/$name.xip") B, loaded in $(($(number load <<< "$out") - $(number checksum <<< "$out"))) instructions and $(number checksum <<< "$out") of checksum"
done
echo "flash of the firmware for images alone: $(wnano build --board "$board" --profile xip --json | sed -n 's/.*"flash": \([0-9]*\).*/\1/p') B"
wnano budget --board "$board" --json | sed -n 's/.*"pool\.\([a-z]*\)\.native": \([0-9]*\).*/smallest pool of \1: \2 B/p'

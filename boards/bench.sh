#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Instructions that the nine kernels take on an emulated board, interpreted, beside native gcc -O3 on the Cortex-M4F.
# Usage: boards/bench.sh [-O2 [board]]; KERNELS="crc32 fib" for some of the kernels.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd) optimize=${1:--O2} board=${2:-mps2-an386}
dotnet build -m:1 -v q --nologo "$root/tools/wnano/wnano.csproj" > /dev/null
# Name, argument, thousands of instructions of native code on the Cortex-M4F, result.
while read -r kernel argument native expected; do
    [[ -z ${KERNELS:-} || " $KERNELS " == *" $kernel "* ]] || continue
    out=$(WNANO_SOURCE=$root dotnet "$root/tools/wnano/bin/Debug/net10.0/wnano.dll" run "$root/bench/kernels/$kernel.wasm" \
        --board "$board" --optimize "$optimize" --count --invoke run "$argument" 2>&1) || true
    result=$(sed -n 's/^run: //p' <<< "$out") count=$(sed -n 's/^instructions: //p' <<< "$out" | tr -d ,)
    if [[ -z $count ]]; then echo "$kernel: $out" >&2; else echo "$kernel $count $native $((result & 0xFFFFFFFF)) $expected"; fi
done < "$root/bench/kernels/cortex-m4f.txt" | awk '{ x = $2 / $3 / 1000; sum += log(x); n++; printf "%-10s %11d %6.2fx %s\n", $1, $2, x, $4 == $5 ? "ok" : "WRONG" }
    END { printf "geometric mean %.2fx\n", exp(sum / n) }'

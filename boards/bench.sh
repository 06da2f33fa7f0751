#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Instructions that the nine kernels take on the emulated Cortex-M4F (mps2-an386), interpreted, beside native gcc -O3.
# Usage: boards/bench.sh [-O2 [more compiler flags]]; ITER="crc32 fib" for some of the kernels.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd) work=${TMPDIR:-/tmp}/wamr-nano-bench common=$root/boards/common
flags="-mcpu=cortex-m4 -mthumb -mfloat-abi=hard -mfpu=fpv4-sp-d16 -ffp-contract=off -fno-strict-aliasing -ffunction-sections -fdata-sections ${*:--O2}"
mkdir -p "$work" && cd "$work"
dotnet build -m:1 -v q --nologo "$root/tools/iltoc/iltoc.csproj" > iltoc.log || { cat iltoc.log; exit 1; }
dotnet build -m:1 -v q --nologo "$root/Wamr.Nano/Freestanding/Wamr.Nano.Freestanding.csproj" -o dll \
    "-p:Firmware=\"$common/*.cs;$common/drivers/*.cs;$common/profiles/Interp.cs;$root/boards/mps2-an386/*.cs\"" > dll.log || { cat dll.log; exit 1; }
dotnet "$root/tools/iltoc/bin/Debug/net10.0/iltoc.dll" dll/Wamr.Nano.Freestanding.dll -o firmware.c
arm-none-eabi-gcc $flags -c firmware.c
arm-none-eabi-gcc $flags -c "$common/cortexm/startup.c" "$common/linked.c"
sed -e 's/@pool@/ram/' -e '/@regions@/c flash (rx) : ORIGIN = 0, LENGTH = 4M\nram (rwx) : ORIGIN = 0x20000000, LENGTH = 4M' "$common/link.ld" > link.ld
arm-none-eabi-size firmware.o
while read -r kernel argument native expected; do
    [[ -z ${ITER:-} || " $ITER " == *" $kernel "* ]] || continue
    wasm=$root/bench/kernels/$kernel.wasm
    cat > plan.c <<END
#include "$common/plan.h"
__asm__(".section .rodata.app,\"a\"\n.balign 8\n.global app\napp: .incbin \"$wasm\"\n.previous");
extern const uint8_t app[];
static const uint32_t slots[] = {$argument};
const struct wn_plan wn_app_plan = {app, $(stat -Lc %s "$wasm"), "run", 3, slots, 1, 0, 0, 0, 0, 0, 0, 1};
END
    arm-none-eabi-gcc $flags -c plan.c
    arm-none-eabi-gcc $flags -nostartfiles --specs=nosys.specs -T link.ld -Wl,--gc-sections -Wl,--defsym=wn_stack_bytes=4096 \
        -Wl,--defsym=wn_pool_bytes_wanted=1048576 startup.o linked.o firmware.o plan.o -lm -o firmware.elf
    qemu-system-arm -M mps2-an386 -kernel firmware.elf -display none -serial stdio -monitor none -icount shift=0 \
        -semihosting-config enable=on,target=native > out.txt
    count=$(sed -n 's/.*instructions=\([0-9]*\).*/\1/p' out.txt) result=$(sed -n 's/wn:result \(0x[0-9a-f]*\):i32.*/\1/p' out.txt)
    echo "$kernel $count $native $((result)) $expected $(grep -E 'wn:(error|trap)' out.txt || true)"
done <<END | awk '{ x = $2 / $3 / 1000; sum += log(x); n++; printf "%-10s %10d %6.2fx %s %s\n", $1, $2, x, $4 == $5 ? "ok" : "WRONG", $6 }
    END { printf "geometric mean %.2fx\n", exp(sum / n) }'
crc32 30 889 2330165701
matmul 3 2054 35158887
sieve 10 1480 1028
nbody 300 9678 4277180983
fib 20 159 6765
strstruct 20 447 3196530768
list 5 798 347486646
sha256 200 676 3899487609
dispatch 100 414 2896470616
END

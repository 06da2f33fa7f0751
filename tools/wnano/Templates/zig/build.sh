#!/usr/bin/env sh
# Builds @name@.wasm. Needs Zig 0.13 or newer.
set -e
cd "$(dirname "$0")"

# 512 B of stack; __heap_base and __data_end let the runtime see where the data end, so that no whole page of 64 KB is needed.
zig build-exe src/main.zig -target wasm32-freestanding -O ReleaseSmall -fstrip -fno-entry --stack 512 --global-base=16 \
    --export=run --export=_start --export=__heap_base --export=__data_end -femit-bin=@name@.wasm

#!/usr/bin/env sh
# Builds @name@.wasm. Needs clang and lld: 'wnano doctor' says how to get them.
set -e
cd "$(dirname "$0")"

# 512 B of C stack, data from address 16: small enough for any board. __heap_base and __data_end let the runtime see where the data
# end, so that no whole page of 64 KB is needed.
clang --target=wasm32 -Os -nostdlib -ffreestanding -fno-builtin \
    -z stack-size=512 -Wl,--global-base=16 -Wl,--no-entry -Wl,--strip-all \
    -Wl,--export=__data_end -Wl,--export=__heap_base -o @name@.wasm app.c

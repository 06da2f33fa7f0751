#!/usr/bin/env bash
# Builds the committed .wasm files from their C sources. Needs clang and lld 14 or newer; hello and logger need wasi-libc too.
set -euo pipefail
cd "$(dirname "$0")"

# hello, logger: WASI programs; --strip-all drops names that only a debugger needs.
clang --target=wasm32-wasi -Os -Wl,--strip-all -z stack-size=4096 -o hello/hello.wasm hello/hello.c
clang --target=wasm32-wasi -Os -Wl,--strip-all -z stack-size=4096 -o logger/logger.wasm logger/logger.c

# sensor: freestanding. A stack of 512 B and data from address 16 keep the memory small; __data_end and __heap_base let the runtime
# see where it ends, so that no whole page of 64 KB is needed.
clang --target=wasm32 -Os -nostdlib -ffreestanding -fno-builtin \
    -z stack-size=512 -Wl,--global-base=16 -Wl,--no-entry -Wl,--strip-all \
    -Wl,--export=__data_end -Wl,--export=__heap_base -o sensor/sensor.wasm sensor/sensor.c

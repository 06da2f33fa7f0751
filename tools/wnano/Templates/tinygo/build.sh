#!/usr/bin/env sh
# Builds @name@.wasm. Needs TinyGo 0.34 or newer (wasmexport).
set -e
cd "$(dirname "$0")"
tinygo build -target=./target.json -buildmode=c-shared -opt=z -no-debug -panic=trap -o @name@.wasm .

#!/usr/bin/env sh
# Draws icon.png from icon.svg with a browser (Debian: apt-get install chromium).
set -e
cd "$(dirname "$0")"
chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --default-background-color=00000000 --window-size=128,128 \
    --screenshot="$PWD/icon.png" "file://$PWD/icon.svg"

#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Builds the documentation site, artifacts/site/index.html: the pages of the repository, the .NET API, and pictures drawn from today's code.
set -euo pipefail
cd "$(dirname "$0")/.."
. tools/setup.sh
need_dotnet
need_packages demo

work=artifacts/site-work
rm -rf "$work" artifacts/site
mkdir -p "$work/images" "$work/docs" "$work/xip"
cp README.md CONTRIBUTING.md CHANGELOG.md LICENSE "$work/"
cp docs/*.md "$work/docs/"
cp docs/*.svg "$work/docs/" 2>/dev/null || true
cp xip/FORMAT.md "$work/xip/"
for page in boards/*/README.md; do mkdir -p "$work/$(dirname "$page")" && cp "$page" "$work/$page"; done
cp docs/site/index.md "$work/"
toc() { printf -- '- name: "%s"\n  href: %s\n' "${1//\"/}" "$2"; }
{
    toc "Get started" README.md
    for page in "$work"/docs/*.md; do toc "$(sed -n '1s/^# *//p' "$page")" "docs/$(basename "$page")"; done
    toc "Image format" xip/FORMAT.md
    toc ".NET API" api/toc.yml
    toc Contributing CONTRIBUTING.md
    toc Changes CHANGELOG.md
} > "$work/toc.yml"

dotnet build -c Release Wamr.Nano -f net10.0 -v q
dotnet build tools/wnano -v q
wnano() { dotnet run --no-build --project tools/wnano -- "$@"; }
wnano build samples/sensor/sensor.wasm --board mps2-an386 -o "$work/firmware.elf" >&2
wnano size "$work/firmware.elf" --board mps2-an386 --format svg -o "$work/images/firmware.svg"
wnano size samples/sensor/sensor.wasm --format svg -o "$work/images/sensor.svg"

command -v docfx >/dev/null || { dotnet tool install docfx --tool-path artifacts/tools >&2; PATH="$PWD/artifacts/tools:$PATH"; }
docfx docs/site/docfx.json
echo "artifacts/site/index.html"

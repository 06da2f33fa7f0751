#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# The main job on a fresh machine: brings the .NET SDK, a compiler and an emulator, then runs the demo. Arguments go to 'wnano demo'.
set -euo pipefail
cd "$(dirname "$0")/.."
. tools/setup.sh
need_dotnet
need_packages demo
echo "building wnano (the first time about a minute)" >&2
dotnet build tools/wnano -v q >&2
exec dotnet run --no-build --project tools/wnano -- demo "$@"

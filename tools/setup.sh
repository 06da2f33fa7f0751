# SPDX-License-Identifier: MIT
# What tools/demo.sh and tools/test.sh share: they source this file to bring the .NET SDK and the Debian packages of tools/packages.txt.
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
readonly sdk_version=10

# Finds .NET SDK 10 or later on the path or in the user's folder; installs it there if neither has it.
need_dotnet() {
    need_icu
    has_sdk dotnet && return
    PATH="$HOME/.dotnet:$PATH"
    export PATH DOTNET_ROOT="$HOME/.dotnet"
    has_sdk dotnet && return
    command -v curl >/dev/null || command -v wget >/dev/null || need_packages fetch
    echo "installing the .NET SDK $sdk_version into ~/.dotnet (about 250 MB; a minute or two)" >&2
    fetch https://dot.net/v1/dotnet-install.sh | bash -s -- --channel "$sdk_version.0" --install-dir "$HOME/.dotnet" >&2
    has_sdk dotnet && return
    echo "The .NET SDK $sdk_version is missing and could not be installed. See https://dot.net/download, then run this again." >&2
    exit 1
}

# .NET needs the library of Unicode rules; its package has the version in its name.
need_icu() {
    command -v dpkg >/dev/null || return 0
    dpkg-query -W -f '${Package} ${Status}\n' 'libicu[0-9]*' 2>/dev/null | grep -q 'install ok installed' && return
    install_packages 'libicu[0-9]+$'
}

has_sdk() {
    command -v "$1" >/dev/null && "$1" --list-sdks 2>/dev/null | awk -F. -v least="$sdk_version" '$1 >= least { found = 1 } END { exit !found }'
}

fetch() {
    if command -v curl >/dev/null; then curl -sSL "$1"; elif command -v wget >/dev/null; then wget -qO- "$1"; fi
}

# Installs the Debian packages of the groups named, where this user may. Otherwise it names the one line that does, and goes on without them.
need_packages() {
    command -v dpkg >/dev/null || { echo "This is not Debian: 'wnano doctor' names the compilers and emulators that are missing." >&2; return 0; }
    local missing=() package
    for package in $(packages_of "$@"); do
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q '^install ok installed' || missing+=("$package")
    done
    [ ${#missing[@]} = 0 ] || install_packages "${missing[@]}"
}

# Installs packages, or names the line that does.
install_packages() {
    local root=()
    if [ "$(id -u)" != 0 ]; then
        sudo -n true 2>/dev/null || [ -t 0 ] && command -v sudo >/dev/null && root=(sudo)
        [ ${#root[@]} = 0 ] && { name_line "$@"; return 0; }
    fi
    echo "installing $*" >&2
    "${root[@]}" apt-get update -q >&2 &&
        "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@" >&2 ||
        name_line "$@"
}

packages_of() {
    local group
    local name package program
    for group in "$@"; do
        while read -r name package program; do
            [ "$name" = "$group" ] && { [ -z "$program" ] || ! command -v "$program" >/dev/null; } && echo "$package"
        done < "$(dirname "${BASH_SOURCE[0]}")/packages.txt"
    done
}

name_line() {
    printf 'These could not be installed; what needs them is skipped and says so. The line that brings them:\n    sudo apt install --no-install-recommends %s\n' "$*" >&2
}

#!/usr/bin/env bash
# Installs the programs that Trunkline is tested against: other makers' gRPC and HTTP/2, none of it written here.
#
#   eng/install-peers.sh            install what is absent
#   eng/install-peers.sh --check    install nothing; list what is absent and exit 1 if anything is
#
# Debian and Ubuntu only. Running it twice is quick: what is there is left alone. Without the peers the test suite still runs; the tests that need
# one are skipped with the reason, unless TRUNKLINE_REQUIRE_PEERS=1, under which a missing peer fails.
set -euo pipefail
cd "$(dirname "$0")/.."

# package                    what the tests do with it
readonly debian_packages=(
  python3                  # the system's interpreter; the modules below belong to it
  python3-grpcio           # gRPC C-core, sync and aio: interop both ways
  python3-protobuf         # messages for grpcio
  python3-h2               # scripted HTTP/2 peers
  python3-hpack            # header compression both ways
  python3-hyperframe       # frames for scripted peers
  nghttp2-client           # nghttp, h2load against our HTTP/2 server
  nghttp2-server           # nghttpd against our HTTP/2 client
  curl                     # HTTP/2 by prior knowledge and over TLS
  openssl                  # TLS from outside .NET
  protobuf-compiler        # protoc 3.21: descriptor agreement, Python messages
  protobuf-compiler-grpc   # grpc_python_plugin, grpc_cpp_plugin and their kind: the plugin host
  iproute2                 # network namespaces: client and server as two machines
  ca-certificates          # npm speaks TLS
  grpc-proto               # .proto files: the compiler beside protoc
)

readonly node_folder=tests/peers
readonly python=/usr/bin/python3

say() { printf 'peers: %s\n' "$*"; }

missing_debian() {
  local package
  for package in "${debian_packages[@]}"; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || echo "$package"
  done
}

# Any node will do; Debian's is taken only where there is none, so that a newer one on the path stays.
missing_node() {
  command -v node >/dev/null || echo nodejs
  command -v npm >/dev/null || echo npm
}

# The installed version of each module must be the one that package.json pins.
missing_modules() {
  command -v node >/dev/null || { echo "all of $node_folder/package.json"; return; }
  node -e '
    const fs = require("fs"), folder = process.argv[1];
    for (const [name, wanted] of Object.entries(JSON.parse(fs.readFileSync(folder + "/package.json")).dependencies)) {
      let found = "absent";
      try { found = JSON.parse(fs.readFileSync(folder + "/node_modules/" + name + "/package.json")).version; } catch { /* absent */ }
      if (found !== wanted) console.log(name + "@" + wanted + " (" + found + ")");
    }' "$node_folder"
}

prove() {
  "$python" -c 'import grpc, grpc.aio, google.protobuf, h2, hpack, hyperframe; print("peers: grpcio", grpc.__version__, "protobuf", google.protobuf.__version__, "h2", h2.__version__)'
  (cd "$node_folder" && node -e 'require("@grpc/proto-loader"); console.log("peers: grpc-js", require("@grpc/grpc-js/package.json").version, "on node", process.version)')
  say "$(nghttp --version), $(protoc --version), $(openssl version | cut -d' ' -f1-2), $(curl --version | head -1 | cut -d' ' -f1-2)"
}

if ! command -v dpkg-query >/dev/null; then
  echo "peers: this script knows Debian's package manager only; install by hand: ${debian_packages[*]} nodejs npm, then npm install in $node_folder" >&2
  exit 1
fi

mapfile -t packages < <(missing_debian; missing_node)

if [ "${1:-}" = --check ]; then
  mapfile -t modules < <(missing_modules)
  if [ $((${#packages[@]} + ${#modules[@]})) -eq 0 ]; then say "all present"; exit 0; fi
  printf 'absent: %s\n' "${packages[@]}" "${modules[@]}" | grep -v ': $'
  exit 1
fi

if [ ${#packages[@]} -gt 0 ]; then
  sudo=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || { echo "peers: run as root to install: ${packages[*]}" >&2; exit 1; }
    sudo=(sudo)
  fi
  say "installing ${packages[*]}"
  "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -qq
  "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null
fi

mapfile -t modules < <(missing_modules)
if [ ${#modules[@]} -gt 0 ]; then
  say "installing npm modules ${modules[*]}"
  npm install --prefix "$node_folder" --no-package-lock --no-audit --no-fund --ignore-scripts --loglevel=error
fi

prove
say "all present"

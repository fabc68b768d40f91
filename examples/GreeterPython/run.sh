#!/usr/bin/env bash
# Generates the code, starts the server, greets it, stops it.
#
#   ./run.sh [NAME]
#
# TRUNKLINE names the tool, PYTHON the interpreter, when they are others than `dotnet run` of this repository and python3.
set -euo pipefail
cd "$(dirname "$0")"

read -ra trunkline <<<"${TRUNKLINE:-dotnet run --project ../../src/Trunkline.Cli --}"
readonly python=${PYTHON:-python3}

mkdir -p generated
"${trunkline[@]}" protoc -I=../Greeter --python_out=generated --grpc_python_out=generated ../Greeter/greeter.proto

export PYTHONPATH=generated PYTHONDONTWRITEBYTECODE=1
coproc SERVER { exec "$python" greeter_server.py 0; }
server_pid=$SERVER_PID
trap 'kill "$server_pid" 2>/dev/null || true' EXIT
read -r line <&"${SERVER[0]}"
port=${line##*port }
"$python" greeter_client.py "${1:-Trunkline}" "localhost:${port%%.*}"
kill -TERM "$server_pid"
wait "$server_pid"

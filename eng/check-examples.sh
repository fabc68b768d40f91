#!/usr/bin/env bash
# Runs the examples as a reader would, whole and in halves, and then puts load on the Greeter server with another maker's client.
#
#   eng/check-examples.sh           the examples
#   eng/check-examples.sh --load    and h2load against the Greeter server, cleartext and TLS; every answer is counted on both sides
set -euo pipefail
cd "$(dirname "$0")/.."

work=$(mktemp -d)
server_pid=
finish() {
  if [ -n "$server_pid" ]; then kill -KILL "$server_pid" 2>/dev/null || true; fi
  rm -rf "$work"
}
trap finish EXIT

fail() { echo "examples: $*" >&2; exit 1; }

# start_server PROGRAM ARGUMENTS...: starts it in the background and sets $port to the port that it says it listens on.
start_server() {
  : >"$work/server.log"
  "$@" >"$work/server.log" 2>&1 &
  server_pid=$!
  local tries
  for tries in $(seq 300); do
    port=$(sed -n 's/.* listens on port \([0-9]*\)\..*/\1/p' "$work/server.log")
    [ -z "$port" ] || return 0
    kill -0 "$server_pid" 2>/dev/null || break
    sleep 0.1
  done
  fail "no port after $tries tries from: $* $(cat "$work/server.log")"
}

# stop_server: asks it to end and fails if it does not end well.
stop_server() {
  kill -TERM "$server_pid"
  wait "$server_pid" || fail "the server ended with exit code $?: $(cat "$work/server.log")"
  server_pid=
}

expect_in() { grep -qF -- "$2" "$1" || fail "'$2' is missing in: $(cat "$1")"; }

route_guide() {
  echo "-- RouteGuide, both halves in one process"
  timeout 60 dotnet run --project examples/RouteGuide >"$work/tour"
  [ "$(tail -n 1 "$work/tour")" = "8 of 8 calls ok" ] || fail "the tour ended otherwise: $(cat "$work/tour")"

  echo "-- RouteGuide, halves apart"
  start_server dotnet "$route_guide" server --port 0
  timeout 60 dotnet "$route_guide" client --address "localhost:$port" >"$work/tour"
  [ "$(tail -n 1 "$work/tour")" = "8 of 8 calls ok" ] || fail "the tour ended otherwise: $(cat "$work/tour")"
  stop_server

  echo "-- RouteGuide, client without a server"
  if timeout 60 dotnet "$route_guide" client --address "localhost:$port" >"$work/tour"; then fail "the client met no server and was content"; fi
  expect_in "$work/tour" "0 of 8 calls ok"
  expect_in "$work/tour" "FAILED with Unavailable"
}

greeter() {
  echo "-- Greeter"
  start_server dotnet "$greeter_server" 0
  timeout 60 dotnet "$greeter_client" reader "localhost:$port" >"$work/greetings"
  expect_in "$work/greetings" "blocking: Hello, reader!"
  expect_in "$work/greetings" "async:    Hello, reader!"
  stop_server
  expect_in "$work/server.log" "2 calls answered."
}

# Python on code that our tool makes, alone, and both ways with the C# Greeter; where grpcio is not installed it is left out and says so.
greeter_python() {
  if ! "$python" -c 'import grpc.aio, google.protobuf' 2>/dev/null; then
    echo "-- Greeter in Python: left out, $python has no grpcio (eng/install-peers.sh installs it)"
    [ "${TRUNKLINE_REQUIRE_PEERS:-}" != 1 ] || fail "grpcio is required"
    return 0
  fi

  echo "-- Greeter in Python"
  TRUNKLINE="dotnet $PWD/$trunkline" PYTHON="$python" timeout 60 examples/GreeterPython/run.sh reader >"$work/greetings"
  expect_in "$work/greetings" "blocking: Hello, reader!"
  expect_in "$work/greetings" "asyncio:  Hello, reader!"

  echo "-- Greeter, Python client and C# server"
  export PYTHONPATH=examples/GreeterPython/generated PYTHONDONTWRITEBYTECODE=1
  start_server dotnet "$greeter_server" 0
  timeout 60 "$python" examples/GreeterPython/greeter_client.py reader "localhost:$port" >"$work/greetings"
  expect_in "$work/greetings" "blocking: Hello, reader!"
  expect_in "$work/greetings" "asyncio:  Hello, reader!"
  stop_server

  echo "-- Greeter, C# client and Python server"
  start_server "$python" examples/GreeterPython/greeter_server.py 0
  timeout 60 dotnet "$greeter_client" reader "localhost:$port" >"$work/greetings"
  expect_in "$work/greetings" "blocking: Hello, reader!"
  expect_in "$work/greetings" "async:    Hello, reader!"
  stop_server
}

http_push() {
  echo "-- HttpPush, both halves in one process"
  timeout 60 dotnet "$http_push" >"$work/visit"
  expect_in "$work/visit" "2 responses came without being asked for"

  echo "-- HttpPush, halves apart, and with nghttp"
  start_server dotnet "$http_push" server --port 0
  timeout 60 dotnet "$http_push" client --port "$port" >"$work/visit"
  expect_in "$work/visit" "2 responses came without being asked for"
  timeout 60 nghttp --null-out --stat "http://localhost:$port/" >"$work/visit"
  [ "$(grep -cE '^ *[24] .*\* .* 200 .* /(style.css|script.js)$' "$work/visit")" = 2 ] || fail "nghttp was not pushed both files: $(cat "$work/visit")"
  timeout 60 nghttp --null-out --stat --no-push "http://localhost:$port/" >"$work/visit"
  if grep -q style.css "$work/visit"; then fail "a client that takes no pushes was pushed one: $(cat "$work/visit")"; fi
  stop_server
}

# load CALLS CONNECTIONS STREAMS SCHEME SERVER-ARGUMENTS...
load() {
  local calls=$1 connections=$2 streams=$3 scheme=$4 data answer; shift 4
  echo "-- Greeter, $calls calls from h2load over $scheme, $connections connections of $streams streams"
  start_server dotnet "$greeter_server" 0 "$@"
  printf '\0\0\0\0\4\12\2hi' >"$work/request"                   # Request { name: "hi" }, framed
  answer=$((5 + 2 + $(printf 'Hello, hi!' | wc -c)))              # prefix, field tag and length, text
  timeout 240 h2load -n "$calls" -c "$connections" -m "$streams" -d "$work/request" -H 'content-type: application/grpc' -H 'te: trailers' \
    "$scheme://127.0.0.1:$port/greeting.Greeter/Hello" >"$work/load"
  sed -n 's/^\(finished\|requests\|traffic\)/   \1/p' "$work/load"
  stop_server
  expect_in "$work/load" " $calls succeeded, 0 failed, 0 errored, 0 timeout"
  data=$(sed -n 's/^traffic:.* (\([0-9]*\)) data$/\1/p' "$work/load")
  [ "$data" = $((calls * answer)) ] || fail "$data bytes of data came where $calls answers of $answer bytes were due"
  expect_in "$work/server.log" "$calls calls answered."           # h2load takes any HTTP 200 for a success; the server counts its answers
}

readonly route_guide=examples/RouteGuide/bin/Debug/net10.0/RouteGuide.dll
readonly http_push=examples/HttpPush/bin/Debug/net10.0/HttpPush.dll
readonly greeter_server=examples/Greeter/Server/bin/Debug/net10.0/GreeterServer.dll
readonly greeter_client=examples/Greeter/Client/bin/Debug/net10.0/GreeterClient.dll
readonly trunkline=src/Trunkline.Cli/bin/Debug/net10.0/trunkline.dll
readonly python=/usr/bin/python3
for project in examples/RouteGuide examples/HttpPush examples/Greeter/Server examples/Greeter/Client src/Trunkline.Cli; do
  dotnet build "$project" -v quiet --nologo
done

route_guide
http_push
greeter
greeter_python
if [ "${1:-}" = --load ]; then
  load 200000 4 50 http
  load 100000 100 100 http
  openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -keyout "$work/key.pem" -out "$work/certificate.pem" 2>/dev/null
  load 50000 4 50 https "$work/certificate.pem" "$work/key.pem"
  load 50000 100 100 https "$work/certificate.pem" "$work/key.pem"
fi
echo "examples: all work"

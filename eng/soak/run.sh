#!/usr/bin/env bash
# Long runs that a commit does not wait for: bounded, and resumable, since each remembers how far it is.
#
#   eng/soak/run.sh fuzz-hpack|fuzz-frames|fuzz-server|fuzz-client|fuzz-compiler|fuzz-dynamic|chaos [--minutes N] [--seed S]
#
# fuzz-*: one target of tests/Trunkline.Fuzz. chaos: peers that misbehave at random against a gRPC server of ours, beside well-behaved clients (ours and,
# where installed, grpcio), of whose calls none may fail. 20 minutes by default.
#
# State, log, corpus and findings of a run lie in artifacts/soak: an interrupted run, started again, goes on from where it was, and one that is done says
# so. Remove artifacts/soak/NAME.state to begin anew. A line a minute, then a summary, go to artifacts/soak/NAME.log.
set -euo pipefail
cd "$(dirname "$0")/../.."

usage() { sed -n '2,10s/^# \{0,1\}//p' "$0"; exit 2; }

name=${1:-}; shift || usage
minutes=20 seed=1
while [ $# -gt 0 ]; do
  case $1 in
    --minutes) minutes=${2:?}; shift 2 ;;
    --seed) seed=${2:?}; shift 2 ;;
    *) usage ;;
  esac
done

readonly out=artifacts/soak
mkdir -p "$out"

case $name in
  fuzz-hpack|fuzz-frames|fuzz-server|fuzz-client|fuzz-compiler|fuzz-dynamic)
    dotnet build tests/Trunkline.Fuzz -c Release -v q --nologo
    exec tests/Trunkline.Fuzz/bin/Release/net10.0/Trunkline.Fuzz run "${name#fuzz-}" --seconds $((minutes * 60)) --seed "$seed" \
      --corpus tests/Trunkline.Fuzz/Corpus --keep "$out/corpus" --findings "$out/findings" --log "$out/$name.log" --state "$out/$name.state"
    ;;
  chaos)
    dotnet build eng/soak/Trunkline.Chaos -c Release -v q --nologo
    exec eng/soak/Trunkline.Chaos/bin/Release/net10.0/Trunkline.Chaos run --minutes "$minutes" --seed "$seed" --log "$out/chaos.log" --state "$out/chaos.state"
    ;;
  *) usage ;;
esac

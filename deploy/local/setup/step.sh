#!/usr/bin/env bash
# step.sh "WHAT" COMMAND…: runs it quietly, says what it does and how long it took; shows its output only if it fails.
set -u
what=$1
shift
output=$(mktemp)
trap 'rm -f "$output"' EXIT
began=$SECONDS
echo "  $what ..."
"$@" >"$output" 2>&1 </dev/null &
command=$!
trap 'kill "$command" 2>/dev/null; exit 130' INT TERM
while kill -0 "$command" 2>/dev/null; do
    sleep 0.1
    elapsed=$((SECONDS - began))
    if ((elapsed > 0 && elapsed % 15 == 0 && elapsed != ${said:-0})); then
        said=$elapsed
        echo "  $what: still at it after $elapsed s"
    fi
done
wait "$command"
code=$?
if ((code != 0)); then
    cat "$output" >&2
    if grep -qi 'no space left' "$output"; then
        echo "The disk is full: free some space, then run this again." >&2
    fi
    echo "$what failed (exit code $code), see above." >&2
    exit "$code"
fi
echo "  $what: done in $((SECONDS - began)) s"

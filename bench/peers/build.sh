#!/bin/sh
# Builds a peer's own environment from its hashed lock: bench/peers/build.sh NAME…   (all where none is named)
# A lock is made anew by: bench/peers/build.sh --lock NAME…
set -eu
cd "$(dirname -- "$0")/../.."
[ -x .venv/bin/python ] || ./konvoi --version >/dev/null
lock=''
[ "${1-}" != --lock ] || { lock=yes && shift; }
[ $# -gt 0 ] || set -- $(cd bench/peers && ls ./*.in | sed 's|^\./||; s|\.in$||')
for name; do
    if [ -n "$lock" ]; then
        (cd bench/peers && ../../.venv/bin/python -m uv pip compile -q --universal --python-version 3.11 \
            --generate-hashes --no-emit-index-url --no-header --no-annotate "$name.in" -o "$name.txt")
        continue
    fi
    env="bench/peers/.envs/$name"
    stamp="$(cksum <"bench/peers/$name.txt")"
    [ "$(cat "$env/stamp" 2>/dev/null || :)" != "$stamp" ] || continue
    rm -rf "$env"
    .venv/bin/python -m uv venv -q --python .venv/bin/python "$env"
    .venv/bin/python -m uv pip install -q --python "$env/bin/python" --require-hashes --no-deps \
        --only-binary :all: -r "bench/peers/$name.txt"
    printf '%s\n' "$stamp" >"$env/stamp"
done

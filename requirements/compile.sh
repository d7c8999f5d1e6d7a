#!/bin/sh
# Makes the hashed locks from pyproject.toml. Versions that still fit are kept; --upgrade takes the newest.
set -eu
cd "$(dirname -- "$0")/.."
compile() {
    .venv/bin/python -m uv pip compile -q --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-header --no-annotate "$@"
}
compile pyproject.toml --group dev -o requirements/dev.txt "$@"
# People get the very versions that tests run on.
compile pyproject.toml -c requirements/dev.txt -o requirements/core.txt "$@"
compile pyproject.toml --extra spark -o requirements/spark.txt "$@"
echo uv | compile - -o requirements/uv.txt "$@"

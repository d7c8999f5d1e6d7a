#!/bin/sh
# What `./konvoi test` runs: format and lint, contracts, types, then pytest, whose count is the last line.
# Everything runs even where an earlier step fails; the exit says whether all held.
set -u
cd "$1" && shift || exit 2
python=.venv/bin/python
export KONVOI_REAL_DATA="${KONVOI_REAL_DATA-$PWD/../shared/data}"
failed=''

step() {
    name=$1
    shift
    printf '== %s\n' "$name"
    "$python" "$@" || failed="$failed $name"
}

step format -m ruff format --check --quiet .
step lint -m ruff check --quiet .
step contracts -c 'from importlinter.cli import lint_imports_command as run; run()' --no-cache
step types -m mypy --no-error-summary src/konvoi tests bench

printf '== tests\n'
[ -z "$failed" ] || printf 'NOT HELD:%s (see above)\n' "$failed"
"$python" -m pytest "$@"
status=$?
[ -z "$failed" ] || [ "$status" -ne 0 ] || status=1
exit "$status"

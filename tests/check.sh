#!/bin/sh
# What `./konvoi test` runs: format and lint, contracts, types, then pytest, whose count is the last line.
# Everything runs even where an earlier step fails; the exit says whether all held.
set -u
cd "$1" && shift || exit 2
python=.venv/bin/python
failed=''

step() {
    name=$1
    shift
    if told=$("$python" "$@" 2>&1); then
        printf '%s: held\n' "$name"
    else
        printf '%s: NOT HELD\n%s\n' "$name" "$told"
        failed="$failed $name"
    fi
}

step format -m ruff format --check .
step lint -m ruff check .
step contracts -c 'from importlinter.cli import lint_imports_command as run; run()' --no-cache
step types -m mypy src/konvoi tests bench docs/generate.py
[ -z "$failed" ] || printf 'Not held:%s (see above)\n' "$failed"

# All of it is spread over the processors; what is named is soon done, and may be stepped through.
[ $# -gt 0 ] || set -- --numprocesses auto --dist worksteal --durations 60 --durations-min 10
"$python" -m pytest --continue-on-collection-errors "$@"
status=$?
[ -z "$failed" ] || [ "$status" -ne 0 ] || status=1
exit "$status"

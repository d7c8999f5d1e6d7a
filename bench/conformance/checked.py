"""Runs of schemathesis against a served API."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
CONFIGURATION = Path(__file__).with_name("schemathesis.toml")
TOKEN = "KONVOI_TOKEN"
AUTHENTICATION = f"""
# As the document says it: security scheme “token”.
[auth.openapi.token]
bearer = "${{{TOKEN}}}"
"""
PHASES = ("examples", "coverage", "fuzzing", "stateful")


@dataclass(frozen=True)
class Checked:
    """What a run found. operations: that were tried; wrong: kinds of failures; said: all that was printed."""

    cases: int
    operations: int
    wrong: tuple[str, ...]
    said: str


def checked(
    address: str,
    token: str = "",
    *,
    phases: Sequence[str] = PHASES,
    examples: int = 20,
    seed: int = 1,
    only: Sequence[str] = (),
) -> Checked:
    """Return what all checks find in the API at an address. only: ids of operations; empty: all.

    token: empty for nobody. examples: requests of each operation in the phases that draw by chance.
    """
    told = ["run", f"{address}/api/v1/openapi.json", "--checks", "all", "--phases", ",".join(phases)]
    told += ["--max-examples", str(examples), "--seed", str(seed), "--generation-database", "none"]
    told += ["--continue-on-failure", "--request-timeout", "60", "--wait-for-schema", "60"]
    told += [part for one in only for part in ("--include-operation-id", one)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "SCHEMATHESIS_HOOKS": "bench.conformance.hooks"}
    with tempfile.TemporaryDirectory() as scratch:
        settings = Path(scratch) / CONFIGURATION.name
        known = CONFIGURATION.read_text("utf-8")
        settings.write_text(known + AUTHENTICATION if token else known, encoding="utf-8")
        environment |= {TOKEN: token} if token else {}
        command = [sys.executable, "-P", "-W", "ignore", "-m", "schemathesis.cli", "--no-color"]
        command += ["--config-file", str(settings)]
        report = Path(scratch) / "report.json"
        told += ["--report", "json", "--report-json-path", str(report)]
        done = subprocess.run(
            [*command, *told],
            env=environment,
            capture_output=True,
            text=True,
            cwd=scratch,
        )
        if not report.is_file():
            raise RuntimeError(done.stdout + done.stderr)
        found = json.loads(report.read_text("utf-8"))
    wrong = [f"{one['title']}: {', '.join(one['operations'])}" for one in found["failures"]]
    wrong += [str(one["title"]) for one in found["errors"]]
    tried = (found["operations"] or {}).get("tested", 0)
    return Checked(found["test_cases"]["generated"], tried, tuple(wrong), done.stdout + done.stderr)

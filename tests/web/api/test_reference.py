"""The examples of the reference and the notebook do what they say, asked of a served instance."""

import json
import os
import re
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from shutil import which
from typing import Any

import httpx
import pytest
from tests.web.api.program import program
from tests.web.live import served
from tests.web.submissions.uploading import relief, work, workbook
from tests.web.world import World

from konvoi.web.form_rows.models import FormRow
from konvoi.web.submissions.models import Upload

DOCS = Path(__file__).parents[3] / "docs"
PAGE = (DOCS / "reference" / "api.md").read_text("utf-8")
NOTEBOOK = DOCS / "how-to" / "use-the-api.ipynb"


def blocks(language: str) -> list[str]:
    """Return the examples of the reference in a language."""
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


def secret(world: World, person: str, scope: str) -> str:
    """Return a token."""
    found: str = program(world, person, scope).defaults["HTTP_AUTHORIZATION"]
    return found.removeprefix("Bearer ")


@pytest.fixture
def address(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The instance as it is served, and no other; the worker works while a program waits."""
    monkeypatch.setattr(time, "sleep", lambda seconds: work())
    with served() as found:
        yield found


@pytest.mark.slow
def test_the_example_hands_in_and_confirms(
    world: World,
    address: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "list.xlsx").write_bytes(workbook("XA", [relief("XA-7", "XA", 700_000)]))
    monkeypatch.chdir(tmp_path)
    exec(
        next(one for one in blocks("python") if "/uploads" in one),
        {"HOST": address, "TOKEN": secret(world, "desk-xa", "submit")},
    )
    assert "'new': 1" in capsys.readouterr().out
    # A thread of the server may be storing it.
    pause = threading.Event()
    for _ in range(600):
        work()
        if Upload.objects.get().state == "stored":
            break
        pause.wait(0.1)
    assert Upload.objects.get().state == "stored"


def test_the_examples_ask_for_a_total_and_hand_in_a_row(
    world: World, address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    token = {"HOST": address, "TOKEN": secret(world, "desk-xa", "submit")}
    exec(next(one for one in blocks("python") if "/total" in one), dict(token))
    assert capsys.readouterr().out.startswith("3500000 EUR ['")
    exec(next(one for one in blocks("python") if "/offers" in one), dict(token))
    assert capsys.readouterr().out.endswith(" checking\n")
    assert Upload.objects.get().party == "XA"


def test_the_example_takes_a_position(negotiated: World, capsys: pytest.CaptureFixture[str]) -> None:
    with served() as address:
        token = {"HOST": address, "TOKEN": secret(negotiated, "legal", "negotiate")}
        exec(next(one for one in blocks("python") if "/positions" in one), token)
    assert capsys.readouterr().out == "['I/1'] 3\nXA being stored\n"
    assert FormRow.objects.get().row["stance"] == "scrutiny reserve"


@pytest.mark.skipif(which("curl") is None and "KONVOI_CI" not in os.environ, reason="curl is not installed")
def test_the_example_on_the_command_line_lists_tables(world: World, address: str) -> None:
    (command,) = (one for one in blocks("sh") if one.startswith("curl"))
    done = subprocess.run(
        ["sh", "-c", command.replace("https://HOST", address)],
        env={"PATH": "/usr/bin:/bin", "KONVOI_TOKEN": secret(world, "desk-xa", "read")},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert "packages" in {row["table"] for row in json.loads(done.stdout)["rows"]}


def test_the_answers_of_the_reference_have_the_members_of_real_ones(world: World) -> None:
    told = json.loads(blocks("json")[0].replace("…", ""))
    found = program(world, "desk-xa").get("/api/v1/tables/packages").json()
    assert set(told) == set(found)
    assert set(told["rows"][0]) <= set(found["rows"][0]) | {"amount"}


def test_the_notebook_runs(
    world: World, address: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KONVOI_HOST", address)
    monkeypatch.setenv("KONVOI_TOKEN", secret(world, "desk-xa", "submit"))
    cells = [one for one in json.loads(NOTEBOOK.read_text("utf-8"))["cells"] if one["cell_type"] == "code"]
    assert all(one["outputs"] == [] for one in cells)
    names: dict[str, Any] = {}
    for one in cells:
        exec("".join(one["source"]), names)
    assert set(names["packages"]["package"]) == {"XA-1", "XB-1"}
    assert names["total"]["currency"] == "EUR"
    assert [file["counts"]["new"] for file in names["preview"]["files"] if file["entries"]] == [1]
    said = capsys.readouterr().out
    assert "304\nstoring\n400 /api/v1/problems/query" in said
    assert isinstance(names["api"], httpx.Client)
    # A thread of the server may be storing it.
    pause = threading.Event()
    for _ in range(600):
        work()
        if Upload.objects.get().state == "stored":
            break
        pause.wait(0.1)
    assert Upload.objects.get().state == "stored"

"""konvoi agreement contracts: each transition from undertaking to receipt, and the contracts as OCDS."""

import json
from pathlib import Path

import pytest
from tests.cli.calling import konvoi
from tests.examples.folders import EXAMPLES

from konvoi.cli.i18n import VARIABLE

EXERCISE = EXAMPLES / "exercise"


@pytest.mark.slow
def test_every_transition_is_counted_and_listed() -> None:
    found = konvoi("agreement", "contracts", EXERCISE, "--json").json
    assert sum(found["counts"].values()) == len(found["transitions"])
    rows = {(one["record"], one["to"]): one for one in found["transitions"]}
    signed = rows["XD-1/1", "contracted"]
    assert (signed["from_value"], signed["from_unit"]) == (120, "piece")
    assert (signed["to_value"], signed["to_unit"], signed["state"]) == (108, "piece", "open")
    assert all(isinstance(one["from_value"], int | float | None) for one in found["transitions"])
    assert rows["XE-1/1", "received"]["state"] == "above"
    assert ("XA-1/1", "contracted") not in rows


@pytest.mark.slow
def test_what_is_met_is_shown_where_it_is_asked_for() -> None:
    assert "XA-1/1" not in konvoi("agreement", "contracts", EXERCISE).out
    assert "XA-1/1" in konvoi("agreement", "contracts", EXERCISE, "--all").out


@pytest.mark.slow
def test_contracts_are_written_as_ocds_for_whom_they_are_meant(tmp_path: Path) -> None:
    """The public reads neither the cancelled contract nor the pending call-off that are for the coalition."""
    counts = {}
    for audience in ("public", "coalition"):
        called = konvoi("agreement", "contracts", EXERCISE, "--ocds", tmp_path / audience, "--for", audience)
        # The file that cannot be read is the coalition's: for the public it is not there.
        assert called.code == {"public": 1, "coalition": 3}[audience]
        assert "ocid" in called.err
        counts[audience] = len(json.loads((tmp_path / audience).read_text())["releases"])
    assert counts == {"public": 6, "coalition": 8}


def test_a_file_that_is_there_stays_unless_it_is_to_be_replaced(tmp_path: Path) -> None:
    target = tmp_path / "handed-in.json"
    target.write_text("theirs")
    refused = konvoi("agreement", "contracts", EXERCISE, "--ocds", target)
    assert (refused.code, target.read_text()) == (3, "theirs")
    assert "is there already" in refused.err
    konvoi("agreement", "contracts", EXERCISE, "--ocds", target, "--over")
    assert target.read_text() != "theirs"


def test_a_reader_that_nobody_knows_is_wrong_usage(tmp_path: Path) -> None:
    assert konvoi("agreement", "contracts", EXERCISE, "--ocds", tmp_path / "x", "--for", "Nobody").code == 2
    assert not (tmp_path / "x").exists()


def test_for_people_it_is_told_in_their_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "de")
    told = konvoi("agreement", "contracts", EXERCISE).out
    assert "zugeteilt" in told or "zugewiesen" in told
    assert "50.000.000,00 EUR" in told

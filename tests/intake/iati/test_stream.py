"""Activities come one after another, and none is held longer than its turn."""

import io
from pathlib import Path

import polars as pl
import pytest

from konvoi.intake.formats import iati
from konvoi.intake.formats.iati import IATI_ACTIVITIES
from konvoi.intake.iati.stream import Refusal, records
from konvoi.model.document import Document

CHAIN = (Path(__file__).parents[1] / "formats" / "samples" / "iati" / "chain.xml").read_bytes()


def test_what_has_had_its_turn_is_emptied_and_taken_out_of_the_tree() -> None:
    content = CHAIN.replace(b"<iati-activity ", b"<other><a/></other><iati-activity ")
    names = []
    for _, element in records(io.BytesIO(content), "chain.xml"):
        if element is None or element.tag != "iati-activity":
            continue
        names.append(element.findtext("iati-identifier"))
        before = element.getprevious()
        assert before is not None
        assert (len(before), before.getprevious()) == (0, None)
    assert names == ["XX-MUS-1-PROG", "XX-AGE-7-HEAT", "XX-VER-9-SHOES"]


def test_the_parts_of_a_stream_are_together_what_is_read_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = IATI_ACTIVITIES.read(Document("chain.xml", CHAIN))
    monkeypatch.setattr(iati, "_ROWS", 1)
    parts = list(IATI_ACTIVITIES.parts(io.BytesIO(CHAIN), Document("chain.xml", b""), validate=True))
    assert len(parts) == 4
    assert pl.concat([part.entries for part in parts]).sort("entry").equals(whole.entries)
    for name, table in whole.tables.items():
        assert sorted(pl.concat([part.tables[name] for part in parts]).rows(), key=str) == sorted(
            table.rows(), key=str
        ), name
    assert sorted(f.code for part in parts for f in part.findings) == sorted(f.code for f in whole.findings)


def test_a_stream_that_breaks_off_says_so_after_the_parts_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(iati, "_ROWS", 1)
    parts = IATI_ACTIVITIES.parts(io.BytesIO(CHAIN[:-60]), Document("chain.xml", b""))
    assert next(parts).entries.height == 6
    with pytest.raises(Refusal) as refusal:
        list(parts)
    assert refusal.value.finding.code == "xml-broken"

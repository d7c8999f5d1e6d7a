"""Source cells: what each reader is shown of the rows around a record."""

import io
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from openpyxl import Workbook

from konvoi.flow.gathered import Gathered
from konvoi.flow.kept_totals import kept_totals, total_frames, total_text
from konvoi.flow.load_workspace import gathering
from konvoi.flow.move_workspace import new_workspace
from konvoi.flow.submissions.import_submission import take
from konvoi.flow.submissions.source_cells import Passages, source_cells
from konvoi.flow.totals_asked import ask
from konvoi.flow.view import View
from konvoi.flow.workspace import Workspace, workspace
from konvoi.ledger.question import Question

SAMPLES = Path(__file__).parents[2] / "intake" / "formats" / "samples"
TOML = '[coalition]\nname = "Merrow Coalition"\nrecipient = "XV"\nlanguages = ["en"]\nday = 2031-03-03\n'
AT = "2031-03-01T08:00:00+00:00"
HEAD = ("package *", "party", "title", "day", "kind", "stage", "amount", "currency", "marking", "remark")
ROWS = (
    ("XC-1", "XC", "First", "2031-01-20", "energy", "pledged", 400_000, "EUR", "coalition", "for us alone"),
    ("XC-2", "XC", "Undisclosed", "2031-01-21", "energy", "pledged", 70_000, "EUR", "own", "for us alone"),
    ("XC-3", "XC", "Third", "2031-01-22", "energy", "pledged", 500_000, "EUR", "coalition", "for us alone"),
)


def _workbook(rows: tuple[tuple[object, ...], ...]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "packages"
    for row in (HEAD, *rows):
        sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _made(folder: Path, rows: tuple[tuple[object, ...], ...], *samples: str) -> Workspace:
    new_workspace(folder, TOML, at=AT)
    files = folder.parent / f"{folder.name}-files"
    files.mkdir()
    (files / "cassia.xlsx").write_bytes(_workbook(rows))
    take([files / "cassia.xlsx"], party="XC", folder=folder, at=AT)
    for name in samples:
        take([SAMPLES / name], party="XB", folder=folder, at=AT)
    return workspace(folder)


def _seen(work: Workspace, reader: str) -> Gathered:
    return gathering(replace(work, view=View(None, reader)))


def _cells(found: Mapping[str, pl.DataFrame], record: str) -> tuple[dict[str, str], dict[str, object]]:
    """Return the cells of a record by name, and its place."""
    place = found["passage_places"].filter(pl.col("record") == record).row(0, named=True)
    rows = found["passage_rows"].filter(
        *(pl.col(name) == place[name] for name in ("document", "part", "position"))
    )
    row = rows.row(0, named=True)
    return dict(json.loads(row["cells"] or "[]")), {**row, **place}


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A workbook with a hidden row, JSON, XML and a text."""
    samples = ("fts/page.json", "iati/chain.xml", "pdf/agreement.pdf")
    return _made(tmp_path_factory.mktemp("cells") / "one", ROWS, *samples)


@pytest.mark.slow
def test_the_sender_sees_each_cell_under_its_own_number(work: Workspace) -> None:
    cells, row = _cells(source_cells(_seen(work, "XC"), Passages(work.settings)), "packages/XC-3")
    assert (cells["amount"], cells["remark"], row["row"]) == ("500000", "for us alone", 4)


def test_others_see_the_columns_that_reading_knows_and_no_number(work: Workspace) -> None:
    found = source_cells(_seen(work, "coalition"), Passages(work.settings))
    cells, row = _cells(found, "packages/XC-3")
    assert (cells["title"], cells["amount"], "remark" in cells) == ("Third", "500000", False)
    assert (row["row"], row["position"]) == (None, 2)
    assert not any("Undisclosed" in text for text in found["passage_rows"]["cells"])


def test_every_figure_has_a_place_and_its_cell_holds_it(work: Workspace) -> None:
    """In a workbook, in JSON and in XML; a text has the passage."""
    seen = _seen(work, "coalition")
    found = source_cells(seen, Passages(work.settings))
    assert seen.ledger.entries["variant"].n_unique() > 2
    for entry, stated in seen.ledger.entries.select("entry", "stated_minor").iter_rows():
        cells, row = _cells(found, entry)
        assert str(row["column"]) in cells, (entry, row)
        assert cells[str(row["column"])] or stated is None
    clauses = found["passage_rows"].filter(pl.col("document") == "XB/agreement.pdf")
    assert set(clauses["part"]) == {"page 1", "page 2"}
    passage, _ = _cells(found, "clauses/XB/agreement.pdf/II/s1/1")
    assert "may end this Agreement" in passage["1."]


@pytest.mark.slow
def test_what_is_hidden_changes_nothing(work: Workspace, tmp_path: Path) -> None:
    without = _made(tmp_path / "two", (ROWS[0], ROWS[2]))
    with_it = _made(tmp_path / "three", ROWS)
    worlds = (without, with_it)
    one, two = (source_cells(_seen(each, "coalition"), Passages(each.settings)) for each in worlds)
    assert all(one[name].equals(two[name]) for name in one)


@pytest.mark.parametrize("reader", ["cell", "coalition"])
def test_totals_of_what_is_kept_are_those_of_the_view(work: Workspace, reader: str) -> None:
    seen = _seen(work, reader)
    frames = total_frames(seen)
    kept = kept_totals(total_text(seen, work.settings, ()), frames.get)
    assert kept.gathered.view.reader == reader
    for question in (
        Question(currency="EUR", by="partner"),
        Question(stage="committed", mix=True, currency="USD"),
    ):
        wanted = ask(seen, question, work.settings, with_rows=True)
        assert ask(kept.gathered, question, kept.settings, with_rows=True) == wanted

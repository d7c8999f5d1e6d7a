"""Tables that Konvoi writes are tables that it reads."""

from pathlib import Path

from tests.flow.workspaces import TABLES, workspace

from konvoi.flow.run import tables_of
from konvoi.flow.workspace import opened
from konvoi.plan.read_problem import from_tables
from konvoi.report.tables import csv_files, frame_csv


def test_a_problem_that_is_written_and_read_again_is_the_same_problem(tmp_path: Path) -> None:
    needs = (TABLES["needs"][0], "N-1,tent,8.125,town,2031-03-15,1.125")
    made, _, _ = tables_of(opened([workspace(tmp_path / "w", needs=needs)]))
    folder = tmp_path / "problem"
    folder.mkdir()
    for name, content in csv_files(made.tables).items():
        (folder / name).write_bytes(content)
    again, findings, refused = tables_of(opened([folder]))
    assert ([f for f in findings if f.severity != "note"], refused) == ([], 0)
    assert from_tables(again.tables).digest == from_tables(made.tables).digest


def test_unknown_is_empty_and_text_with_a_comma_is_quoted() -> None:
    import polars as pl

    rows = pl.DataFrame({"a": ["x, y", None], "b": [True, None]})
    assert frame_csv(rows) == b'a,b\n"x, y",yes\n,\n'

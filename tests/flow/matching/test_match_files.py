"""Any tables are matched by a file of settings, whatever their form."""

import csv
import io
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter
from tests.link.people import PEOPLE

from konvoi.flow.matching.match_files import labelled_pairs, matched, table_at, written
from konvoi.gateways.refusal import Refused

SETTINGS = """
prior = 0.1
[[block]]
on = ["name"]
[[block]]
on = ["surname"]
[[comparison]]
kind = "equal"
column = "name"
[[comparison]]
kind = "alike"
column = "surname"
"""


def settings(folder: Path, text: str = SETTINGS) -> Path:
    path = folder / "settings.toml"
    path.write_text(text, "utf-8")
    return path


def people(folder: Path, form: str = "csv") -> Path:
    path = folder / f"people.{form}"
    if form == "csv":
        PEOPLE.write_csv(path)
    elif form == "parquet":
        PEOPLE.write_parquet(path)
    else:
        book = xlsxwriter.Workbook(path)
        sheet = book.add_worksheet()
        for number, row in enumerate([PEOPLE.columns, *PEOPLE.iter_rows()]):
            sheet.write_row(number, 0, list(row))
        book.close()
    return path


@pytest.mark.parametrize("form", ["parquet", "xlsx"])
def test_each_form_of_a_table_gives_the_same(form: str, tmp_path: Path) -> None:
    plain = matched([people(tmp_path)], settings=settings(tmp_path))
    other = matched([people(tmp_path, form)], settings=settings(tmp_path))
    assert plain.records == 5
    assert other.found.pairs.equals(plain.found.pairs)


def test_what_parts_the_cells_is_found_or_said(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("id% name\n1% a,b;c \n2%\n", "utf-8")
    assert table_at(path).rows() == [("1", "a,b;c"), ("2", None)]
    path.write_text("id;a,b,c\n1;2\n", "utf-8")
    assert table_at(path, ";").rows() == [("1", "2")]


def test_tables_may_number_their_records_by_themselves(tmp_path: Path) -> None:
    """Both hold a record 1; the pair is named with the tables."""
    for name in ("a", "b"):
        (tmp_path / f"{name}.csv").write_text("id,name,surname\n1,Anna,Kovalenko\n", "utf-8")
    both = [tmp_path / "a.csv", tmp_path / "b.csv"]
    (finding,) = matched(both, settings=settings(tmp_path)).findings
    assert finding.code == "id-twice"
    done = matched(both, settings=settings(tmp_path, "own_ids = true\n" + SETTINGS))
    assert done.found.pairs.select("left_id", "right_id").rows() == [("a:1", "b:1")]


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    """The kept weights and settings give the same pairs; tables have the fixed columns."""
    done = matched([people(tmp_path)], settings=settings(tmp_path))
    files = dict(written(done))
    (tmp_path / "weights.toml").write_bytes(files["weights.toml"])
    kept = settings(tmp_path, files["settings.toml"].decode())
    again = matched([people(tmp_path)], settings=kept, weights=tmp_path / "weights.toml")
    assert again.found.pairs.equals(done.found.pairs)
    heads = {
        name: next(csv.reader(io.StringIO(files[name].decode()))) for name in ("pairs.csv", "clusters.csv")
    }
    assert heads == {
        "pairs.csv": ["left_id", "right_id", "relation", "probability", "evidence", "lower"],
        "clusters.csv": ["id", "cluster"],
    }
    assert pl.read_parquet(dict(written(done, parquet=True))["clusters.parquet"]).equals(done.found.clusters)


def test_labels_are_read_in_words(tmp_path: Path) -> None:
    path = tmp_path / "judged.csv"
    path.write_text("left_id,right_id,verdict\n1,2,Same\n1,3,no\n4,5,unsure\n", "utf-8")
    assert labelled_pairs(path)["same"].to_list() == [True, False, None]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("left_id,right_id,same\n1,2,maybe\n", "row 2, column same: 'maybe' is none of yes, no, unsure"),
        ("left,right\n1,2\n", "needs the columns left_id, right_id, same or id, cluster"),
    ],
)
def test_labels_that_cannot_be_read_are_refused(text: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "judged.csv"
    path.write_text(text, "utf-8")
    with pytest.raises(Refused, match=told):
        labelled_pairs(path)


@pytest.mark.parametrize(
    ("name", "content"),
    [("t.parquet", b"PAR1 cut"), ("t.xlsx", b"PK\x03\x04 cut"), ("t.csv", b"a,b\n1,2,3\n\xff\xfe")],
)
def test_a_file_that_is_no_table_is_refused(name: str, content: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(Refused, match="CSV"):
        table_at(tmp_path / name)


def test_a_finding_names_the_file_it_is_about(tmp_path: Path) -> None:
    judged = tmp_path / "judged.csv"
    judged.write_text("left_id,right_id,same\n1,2,yes\n2,1,no\n", "utf-8")
    done = matched([people(tmp_path)], settings=settings(tmp_path), labels=judged)
    assert [(f.code, f.place.file) for f in done.findings] == [("labels-contradict", "judged.csv")]
    assert done.refused
    lost = matched([people(tmp_path)], settings=settings(tmp_path, SETTINGS.replace('"name"', '"nom"', 1)))
    assert [(f.code, f.place.file) for f in lost.findings] == [("column-missing", "settings.toml")]


def test_a_predicate_that_is_no_sql_is_told_with_the_answer_it_stands_for(tmp_path: Path) -> None:
    written_out = """
[[comparison]]
name = "odd"
level = [{ label = "same", predicate = "l.nowhere = r.nowhere", true = 0.5, chance = 0.5 },
         { label = "not", true = 0.5, chance = 0.5 }]
"""
    done = matched([people(tmp_path)], settings=settings(tmp_path, SETTINGS + written_out))
    (finding,) = done.findings
    assert (finding.code, finding.place.sheet, finding.place.column) == ("predicate-unfit", "odd", "same")
    assert "nowhere" in finding.values["said"]

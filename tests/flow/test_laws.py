"""The laws of the dataset, over every table of the catalogue."""

import shutil
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pytest

from konvoi.cli.table import FORMATS
from konvoi.flow.catalogue import CATALOGUE
from konvoi.flow.dataset import Tables
from konvoi.flow.declare import Derived
from konvoi.flow.view import View
from konvoi.flow.workspace import Workspace, workspace
from konvoi.model.document import Document
from konvoi.reconcile.judgement import names
from konvoi.report.table_file import packed

EXERCISE = Path(__file__).parents[2] / "examples" / "exercise"
BEFORE = date(2031, 2, 20)
COPIES = TemporaryDirectory()
"""Where the worlds of this module live; it goes with the process."""

Asked = tuple[str, tuple[tuple[str, str], ...]]


def asked() -> list[Asked]:
    """Every table with every combination of the sample values of its parameters."""
    found: list[Asked] = []
    for table in CATALOGUE.values():
        choices = [[(one.name, value) for value in one.samples] for one in table.parameters]
        found += [(table.name, one) for one in product(*choices)]
    return found


NAMES = [" ".join((name, *(f"{key}={value}" for key, value in more))) for name, more in asked()]


@cache
def exercise() -> Workspace:
    """A copy of the exercise with its lists, so that each document is read once for all worlds.

    It is planned and forecast in a short time.
    """
    work = workspace(Path(shutil.copytree(EXERCISE, Path(COPIES.name) / "exercise")))
    return replace(work, settings=replace(work.settings, rounds=1, samples=20))


@cache
def whole() -> Tables:
    """All that is known, for the coordination cell."""
    return Tables(exercise(), View())


@cache
def earlier() -> Tables:
    """What was known on a day, for the coordination cell."""
    return Tables(exercise(), View(BEFORE))


@cache
def earlier_without_later() -> Tables:
    """The same day of a workspace to which no later document was ever added."""
    documents, work = whole().gathered.documents, exercise()
    later = set(documents.filter(pl.col("known_on") > BEFORE)["name"])
    left = tuple(one for one in work.documents if one.name not in later)
    return Tables(replace(work, documents=left), View(BEFORE))


@cache
def reversed_order() -> Tables:
    """The exercise with its documents in the reverse order."""
    work = exercise()
    return Tables(replace(work, documents=work.documents[::-1]), View())


@cache
def earlier_with_later_decision() -> Tables:
    """The same day of a workspace in which every open pair is decided a week later."""
    work = exercise()
    named = dict(names(earlier().gathered.ledger.entries).select("entry", "name").iter_rows())
    open_pairs = earlier().gathered.ledger.relations.filter(pl.col("status") == "undecided")
    rows = [
        f"{named[left]},{named[right]},{kind},same,A,2026-01-01T00:00:00+00:00,2031-02-27"
        for left, right, kind in open_pairs.select("left", "right", "relation").iter_rows()
    ]
    text = "\n".join(["left,right,relation,verdict,by,at,on", *rows]) + "\n"
    return Tables(replace(work, judgements=text), View(BEFORE))


@cache
def earlier_without_decisions() -> Tables:
    return Tables(replace(exercise(), judgements=""), View(BEFORE))


def equal(left: pl.DataFrame, right: pl.DataFrame) -> bool:
    return left.equals(right)


@pytest.mark.slow(all=True)
@pytest.mark.parametrize("one", asked(), ids=NAMES)
def test_a_table_has_the_columns_and_keys_that_it_declares(one: Asked) -> None:
    declared: Derived = CATALOGUE[one[0]]
    rows = whole().table(one[0], **dict(one[1]))
    assert dict(rows.schema) == dict(declared.schema())
    if declared.compute and declared.key:
        assert rows.select(declared.key).is_duplicated().sum() == 0


@pytest.mark.slow(all=True)
@pytest.mark.parametrize("form", FORMATS)
def test_every_table_is_written_in_every_format(form: str) -> None:
    for name in CATALOGUE:
        rows = whole().table(name)
        money = CATALOGUE[name].money()
        assert packed(rows, name, form, money) == packed(rows.clone(), name, form, money), name


@pytest.mark.slow(all=True)
@pytest.mark.parametrize("one", asked(), ids=NAMES)
def test_a_document_known_later_changes_no_table_as_of_an_earlier_day(one: Asked) -> None:
    name, more = one
    assert equal(earlier().table(name, **dict(more)), earlier_without_later().table(name, **dict(more)))


@pytest.mark.slow(all=True)
@pytest.mark.parametrize("one", asked(), ids=NAMES)
def test_a_decision_that_counts_later_changes_no_table_as_of_an_earlier_day(one: Asked) -> None:
    left, right = earlier_without_decisions(), earlier_with_later_decision()
    assert equal(left.table(one[0], **dict(one[1])), right.table(one[0], **dict(one[1])))


@pytest.mark.slow(all=True)
@pytest.mark.parametrize("one", asked(), ids=NAMES)
def test_the_order_of_documents_changes_no_table(one: Asked) -> None:
    name, more = one
    left, right = whole().table(name, **dict(more)), reversed_order().table(name, **dict(more))
    assert left.height == right.height
    assert equal(_sorted(left), _sorted(right))


def _sorted(rows: pl.DataFrame) -> pl.DataFrame:
    plain = [name for name, dtype in rows.schema.items() if not isinstance(dtype, pl.List)]
    return rows.sort(plain)


@pytest.mark.parametrize("one", [one for one in asked() if one[0] == "totals"], ids=lambda one: str(one[1]))
def test_the_rows_that_counted_add_up_to_the_total(one: Asked) -> None:
    total = whole().table("totals", **dict(one[1]))
    counted = whole().table("source_rows", **dict(one[1]))["counted"]
    value = total.filter(key="")["value"]
    assert (counted.sum() or 0) == (value[0] if value.len() else 0)


MEASURES = [
    (table.name, column.name) for table in CATALOGUE.values() for column in table.columns if column.adds
]


@pytest.mark.parametrize(("name", "figure"), MEASURES)
def test_the_rows_behind_a_figure_add_up_to_it(name: str, figure: str) -> None:
    adds = next(one.adds for one in CATALOGUE[name].columns if one.name == figure)
    assert adds is not None
    source = CATALOGUE[adds.table]
    stated = dict(whole().table(adds.table).select(source.identifier, adds.column).iter_rows())
    for row in whole().table(name).iter_rows(named=True):
        behind = [one.strip() for one in (row[adds.sources] or "").split(";") if one.strip()]
        assert sum(stated[one] or 0 for one in behind) == (row[figure] or 0), row


def test_every_measure_of_the_catalogue_is_added_up_by_a_test() -> None:
    measures = {
        (table.name, one.name) for table in CATALOGUE.values() for one in table.columns if one.measure
    }
    assert measures == {("totals", "value"), ("source_rows", "counted"), *MEASURES}


def test_a_table_is_given_its_declared_inputs_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """A function that reads an input which its table does not declare fails."""
    table = replace(CATALOGUE["pipeline"], inputs=("entries", "settings"))
    monkeypatch.setitem(CATALOGUE, "pipeline", table)
    with pytest.raises(KeyError, match="not a declared input"):
        Tables(exercise(), View()).table("pipeline")


def test_a_parameter_that_is_not_declared_is_refused() -> None:
    with pytest.raises(KeyError, match="no parameter colour"):
        whole().table("totals", colour="red")


def test_a_later_document_is_in_no_table_of_an_earlier_day() -> None:
    late = Document(
        "XA/late.csv", b"package,party,day,kind,amount,currency\nXA-L,XA,2031-02-25,energy,1,EUR\n", "XA"
    )
    head = Document("XA/konvoi.csv", b"party,XA\nday,2031-02-25\n", "XA")
    work = exercise()
    more = replace(work, documents=(*work.documents, head, late))
    assert "XA-L" not in Tables(more, View(BEFORE)).table("packages")["package"].to_list()

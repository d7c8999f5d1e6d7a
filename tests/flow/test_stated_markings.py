"""Markings stated anew replace those in the documents that they name; in any other the narrower holds."""

import json
from collections.abc import Sequence

import pytest

from konvoi.flow.later_markings import with_later_markings
from konvoi.flow.settings import Settings
from konvoi.flow.stated_markings import with_stated_markings
from konvoi.flow.submissions.widened_markings import Widened, widened_markings
from konvoi.intake.read import read
from konvoi.model.document import Document, Reading

HEADINGS = "package,party,kind,title,day,stage,currency,amount,marking,count_mode\n"


def listed(name: str, marking: str, mode: str = "") -> Reading:
    """A list of XA with one package."""
    row = f"XA-1,XA,energy,Relief {name},2031-01-10,pledged,EUR,100,{marking},{mode}\n"
    return read(Document(f"XA/{name}/packages.csv", (HEADINGS + row).encode(), "XA"))


def statement(day: str, documents: Sequence[Reading], **said: str) -> Reading:
    """A statement on the package over some documents."""
    values = {
        "konvoi": "markings",
        "party": "XA",
        "day": day,
        "documents": [one.digest for one in documents],
        "records": [{"table": "packages", "record": "XA-1", **said}],
    }
    found = read(Document(f"XA/markings-{day}.json", json.dumps(values).encode(), "XA"))
    assert not found.refused
    return found


def held(readings: Sequence[Reading]) -> list[tuple[str, str, str]]:
    """Marking and count mode of the package in each list, and the marking of its entries."""
    lists = [one for one in with_stated_markings(readings, Settings()) if "packages" in one.tables]
    rows = [(one.tables["packages"].row(0, named=True), one.entries) for one in lists]
    return [
        (row["marking"], row["count_mode"], "".join(sorted(set(entries["marking"].to_list()))))
        for row, entries in rows
    ]


@pytest.mark.parametrize(
    ("old", "said", "named", "other"),
    [
        ("coalition", "own", "own", "own"),
        ("own", "coalition", "coalition", "own"),
        ("public", "DE;PL", "DE;PL", "DE;PL"),
        ("DE;FR", "DE;PL", "DE;PL", "DE"),
        ("FR", "PL", "PL", "own"),
    ],
)
def test_a_statement_replaces_where_it_is_named_and_narrows_elsewhere(
    old: str, said: str, named: str, other: str
) -> None:
    first, again = listed("a", old), listed("b", old)
    found = held([first, again, statement("2031-02-01", [first], marking=said)])
    assert [(marking, entries) for marking, _, entries in found] == [(named, named), (other, other)]


def test_a_count_mode_is_replaced_in_the_documents_that_are_named_alone() -> None:
    first, again = listed("a", "own", "named"), listed("b", "own", "named")
    found = held([first, again, statement("2031-02-01", [first], count_mode="not counted yet")])
    assert [mode for _, mode, _ in found] == ["not counted yet", "named"]


def test_the_later_of_two_statements_knows_the_earlier_and_counts() -> None:
    first = listed("a", "coalition")
    one = statement("2031-02-01", [first], marking="own")
    other = statement("2031-01-01", [first, one], marking="public")
    for order in ([first, one, other], [other, first, one]):
        assert held(order)[0][0] == "public"


def test_more_readers_and_a_count_mode_that_tells_more_are_widenings() -> None:
    first = listed("a", "own", "cell only")
    before = [first]
    narrow = statement("2031-02-01", before, marking="own", count_mode="not counted yet")
    assert widened_markings([narrow], before, Settings()) == ()
    wide = statement("2031-02-01", before, marking="PL", count_mode="band only")
    assert widened_markings([wide], before, Settings()) == (
        Widened("packages", "XA-1", "cell only", "band only"),
        Widened("packages", "XA-1", "own", "PL"),
    )
    # A later list shows no more than the statement, whatever it says.
    for again in ("PL", "public"):
        assert widened_markings([listed("b", again)], [first, wide], Settings()) == ()


def test_what_was_hidden_since_is_hidden_on_past_days_and_what_was_widened_is_not_shown_there() -> None:
    first = listed("a", "coalition")
    for said, kept in (("own", "own"), ("public", "coalition")):
        later = statement("2031-02-01", [first], marking=said)
        (found,) = with_later_markings([first], [later], Settings())
        assert found.tables["packages"]["marking"].to_list() == [kept], said

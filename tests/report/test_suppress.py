"""Totals with unnamed parts: every unknown that published cells leave comes from three parties or more."""

from dataclasses import replace
from decimal import Decimal
from itertools import combinations
from typing import Literal

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from konvoi.ledger.answer import Part, Total, Unvalued
from konvoi.report.suppress import LEAST, protected

Rows = dict[str, tuple[str, str, int, bool]]
"""Entries by id: party, kind, value, hidden (counted in total, not named)."""


def total(rows: Rows, by: Literal[0, 1]) -> Total:
    """A total over all entries, by party (0) or kind (1)."""
    keys = sorted({row[by] for row in rows.values()})
    parts = tuple(_part(key, {id: row for id, row in rows.items() if row[by] == key}) for key in keys)
    value = Decimal(sum(row[2] for row in rows.values()))
    return Total(
        value=value,
        lowest=value,
        highest=value,
        estimate=value,
        unit="EUR",
        what="amount",
        stage="pledged",
        exact=False,
        rule="",
        boundary="",
        used=len(rows),
        by=parts,
        entries=tuple(sorted(rows)),
    )


def _part(key: str, rows: Rows) -> Part:
    value = Decimal(sum(row[2] for row in rows.values()))
    return Part(key, value, value, value, value, tuple(sorted(rows)))


def hidden(rows: Rows, mode: str = "in total, not named") -> pl.DataFrame:
    """The hidden entries, as the audience filter hands them over."""
    found = [(id, row[0], mode) for id, row in rows.items() if row[3]]
    schema = {"entry": pl.String(), "party": pl.String(), "count_mode": pl.String()}
    return pl.DataFrame(found, schema=schema, orient="row")


THREE: Rows = {
    "e1": ("A", "energy", 10, True),
    "e2": ("B", "energy", 20, True),
    "e3": ("C", "energy", 30, True),
    "e4": ("D", "energy", 40, False),
}


def test_three_hidden_parties_count_in_the_total_and_are_not_named() -> None:
    shown = protected({"t": total(THREE, 0)}, hidden(THREE))["t"]
    assert shown.value == Decimal(100)
    assert [part.key for part in shown.by] == ["D"]
    assert shown.entries == ("e4",)


def test_two_hidden_parties_are_not_in_any_published_total() -> None:
    two = {id: row for id, row in THREE.items() if id != "e3"}
    shown = protected({"t": total(two, 0)}, hidden(two))["t"]
    assert shown.value is None
    assert shown.by == ()
    assert shown.refused is not None


def test_a_kind_with_one_hidden_party_is_withheld_and_the_total_with_it() -> None:
    """Total less the other kinds would be that kind, and the visible part of it is known."""
    rows = THREE | {"e5": ("E", "military", 7, True)}
    shown = protected({"t": total(rows, 1)}, hidden(rows))["t"]
    assert "military" not in [part.key for part in shown.by]
    assert shown.value is None or [part.key for part in shown.by] == []


def test_the_difference_of_two_stages_does_not_give_a_party_away() -> None:
    """Four hidden at the first stage, three of them at the second: the difference is the fourth alone."""
    wide = THREE | {"e5": ("E", "energy", 7, True)}
    totals = protected({"pledged": total(wide, 1), "committed": total(THREE, 1)}, hidden(wide))
    assert [totals[name].value is None for name in ("pledged", "committed")].count(True) >= 1


def test_a_row_that_is_withheld_is_not_known_and_not_taken_for_silent() -> None:
    """Of the hidden entries without a value nobody learns; what a withheld row holds is not nothing."""
    quiet = (Unvalued("A", ("e1",)), Unvalued("D", ("e1", "e4")))
    shown = protected({"t": replace(total(THREE, 0), unvalued=quiet)}, hidden(THREE))["t"]
    assert shown.unvalued == (
        *(Unvalued("A", ()), Unvalued("B", ()), Unvalued("C", ())),
        Unvalued("D", ("e4",)),
    )


def test_an_entry_that_may_not_count_withholds_every_total_it_is_in() -> None:
    shown = protected({"t": total(THREE, 0)}, hidden(THREE, "cell only"))["t"]
    assert (shown.value, shown.entries, shown.used) == (None, (), 0)


def test_an_entry_to_be_counted_by_name_stays_in_its_partners_row_without_its_id() -> None:
    one: Rows = {"e1": ("A", "energy", 10, True), "e2": ("B", "energy", 5, False)}
    shown = protected({"t": total(one, 0)}, hidden(one, "named"))["t"]
    assert [(part.key, part.value, part.entries) for part in shown.by] == [
        ("A", Decimal(10), ()),
        ("B", Decimal(5), ("e2",)),
    ]


ROWS = st.dictionaries(
    st.sampled_from([f"e{n}" for n in range(9)]),
    st.tuples(
        st.sampled_from("ABCDE"), st.sampled_from(["energy", "military"]), st.integers(1, 99), st.booleans()
    ),
    min_size=1,
)


@given(ROWS, st.sets(st.sampled_from([f"e{n}" for n in range(9)])))
def test_no_sum_or_difference_of_published_cells_is_of_fewer_than_three_hidden_parties(
    rows: Rows, later: set[str]
) -> None:
    """Each cell less its visible entries is a sum over hidden ones; so is each difference of two such
    sums."""
    few = {id: row for id, row in rows.items() if id in later}
    given_totals = {"p": total(rows, 0), "k": total(rows, 1)} | ({"c": total(few, 1)} if few else {})
    shown = protected(given_totals, hidden(rows))
    secret = {id for id, row in rows.items() if row[3]}
    cells = [set(given_totals[name].entries) & secret for name, t in shown.items() if t.value is not None]
    for name, kept in shown.items():
        keys = {part.key for part in kept.by}
        cells += [set(part.entries) & secret for part in given_totals[name].by if part.key in keys]
    pieces = (
        cells + [a - b for a in cells for b in cells if b <= a] + [a & b for a, b in combinations(cells, 2)]
    )
    for piece in pieces:
        assert not piece or len({rows[id][0] for id in piece}) >= LEAST

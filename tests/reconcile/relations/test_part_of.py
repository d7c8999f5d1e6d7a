"""part_of holds where documents or people say so; of what is drawn from parked money we ask."""

from datetime import date
from functools import cache

import polars as pl
from tests.reconcile.ledgers import entries, relations, told

from konvoi.model.entries import SCOPES, frame
from konvoi.reconcile.relate import relate
from konvoi.reconcile.relations.part_of import PART_OF

PARKED: dict[str, object] = {
    "entry": "parked",
    "reference": "fts-flow:1",
    "package": "1",
    "source": "fts",
    "variant": "fts",
    "kind": "humanitarian",
    "stage": "committed",
    "amount_minor": 0,
    "currency": "USD",
    "text": "Clean water in three provinces, many years, whole award",
}
DRAWN = PARKED | {
    "entry": "drawn",
    "reference": "fts-flow:2",
    "package": "2",
    "amount_minor": 250_000_00,
    "text": "Clean water in three provinces, many years, part of 2020",
}
OTHER = DRAWN | {
    "entry": "other",
    "reference": "fts-flow:3",
    "package": "3",
    "counterparty": "ELSE",
    "day_from": date(2020, 9, 1),
    "day_to": date(2020, 9, 1),
    "text": "Radio for schools",
}


def scopes(flow: str, entry: str, years: tuple[str, ...], **more: str) -> list[dict[str, object]]:
    values = [("country", "AFG"), ("flow", flow), *(("year", year) for year in years), *more.items()]
    return [{"entry": entry, "side": "destination", "dimension": d, "value": v} for d, v in values]


SCOPED = frame(
    [
        *scopes("Parked", "parked", ("2019", "2020"), code="W-7"),
        *scopes("Standard", "drawn", ("2020",), code="W-7"),
        *scopes("Standard", "other", ("2020",), code="R-1"),
    ],
    SCOPES,
)


@cache
def found(*stated: tuple[str, str, str]) -> pl.DataFrame:
    ledger = entries(PARKED, DRAWN, OTHER)
    return relate(ledger, scopes=SCOPED, relations=relations(*stated)).relations


def test_it_holds_as_it_was_stated() -> None:
    ledger = entries({"entry": "1"}, {"entry": "2", "party": "other"})
    found = relate(ledger, relations=relations(("1", "part_of", "2"))).relations
    assert told(found) == [("1", "part_of", "2", "accepted")]
    assert found["basis"].to_list() == ["structure"]


def test_its_direction_matters_and_nothing_is_proposed_outside_a_register_of_flows() -> None:
    assert PART_OF.directed
    plain = relate(entries(PARKED | {"variant": "konvoi"}, DRAWN | {"variant": "konvoi"}), scopes=SCOPED)
    assert "part_of" not in plain.relations["relation"].to_list()


def test_a_flow_is_asked_whether_it_is_drawn_from_the_one_that_is_parked() -> None:
    """The same words, receiver and code, one of its years; the flow of another receiver is left alone."""
    assert told(found()) == [("drawn", "part_of", "parked", "undecided")]
    assert found()["subtype"].to_list() == ["fts-parent"]
    assert '["years","one of several years"]' in found()["evidence"][0]


def test_a_flow_whose_parent_is_named_is_not_asked() -> None:
    assert told(found(("drawn", "part_of", "other"))) == [("drawn", "part_of", "other", "accepted")]


def test_two_that_are_as_likely_are_both_proposed() -> None:
    twin = PARKED | {"entry": "twin", "reference": "fts-flow:4", "package": "4"}
    more = frame(scopes("Parked", "twin", ("2019", "2020"), code="W-7"), SCOPES)
    both = relate(entries(PARKED, DRAWN, twin), scopes=pl.concat([SCOPED, more])).relations
    assert told(both) == [
        ("drawn", "part_of", "parked", "undecided"),
        ("drawn", "part_of", "twin", "undecided"),
    ]

"""What the matchers get holds no number that tells who is who, and the truth is of numbers alone."""

import re

import polars as pl
import pytest
from bench.aligning.lists import hidden, of_kind
from bench.aligning.truth import between, counts, rates, truth

from konvoi.align.frames import SCHEMAS, Frames, frames, together
from konvoi.align.identifiers import identifier
from konvoi.align.listing import Birth, Identifier, Kind, Link, Listing, Measure, Name, Order, Tie
from konvoi.model.finding import Place

INN, INN_2, INN_3 = "7707083893", "7702070139", "5003052454"
LEI = "5493001KJTIIGC8Y1R12"


def company(id: str, *numbers: str, text: str = "") -> Listing:
    found = [identifier("lei" if len(one) == 20 else "inn", one) for one in numbers]
    told: tuple[Identifier, ...] = tuple(one for one in found if one)
    return Listing(
        f"{id}",
        Kind.ENTITY,
        (Name(f"Alfa {id} {text}"),),
        Place("f"),
        reference=text,
        programme=text,
        births=(Birth(place=text, text=text),),
        nationalities=(text,),
        identifiers=told,
        measures=(Measure(Order.OTHER, text, text),),
        links=(Link(Tie.LINKED, text),),
    )


def lists(*listings: Listing) -> Frames:
    regimes = dict.fromkeys(one.id.split(":")[0] for one in listings)
    return together(
        frames(regime, [one for one in listings if one.id.startswith(f"{regime}:")]) for regime in regimes
    )


@pytest.mark.parametrize("text", [f"INN {INN}", f"ІПН: {INN[:4]} {INN[4:]}", f"No {INN[:5]}-{INN[5:]}", LEI])
def test_no_number_is_left_in_any_field_of_what_is_matched(text: str) -> None:
    told = hidden(lists(company("eu:a:1", INN, LEI, text=text)))
    assert told.identifiers.height == 0
    for name in SCHEMAS:
        whole = re.sub(r"[\s\-]", "", str(getattr(told, name).rows()))
        assert INN not in whole, name
        assert LEI not in whole, name
    assert told.names["name"].str.starts_with("Alfa").all()


def test_only_pairs_that_a_number_on_both_sides_tells_of_are_scored() -> None:
    tables = lists(
        company("eu:a:1", INN), company("eu:a:2", INN_2), company("ua:a:1", INN), company("ua:a:2")
    )
    known = truth(tables, "entity")
    assert known.true.rows() == [("eu:a:1", "ua:a:1")]
    answer = pl.DataFrame({"left": ["eu:a:1", "ua:a:1", "eu:a:1"], "right": ["ua:a:1", "eu:a:2", "ua:a:2"]})
    told = counts(known, answer)
    assert rates(told) == pytest.approx({"precision": 0.5, "recall": 1.0, "F1": 2 / 3})
    assert rates(counts(known, answer.clear()))["recall"] == 0
    low, high = between(told)
    assert 0 <= low <= high <= 1


def test_numbers_that_two_listings_of_a_list_bear_tell_nothing() -> None:
    tables = lists(company("eu:a:1", INN), company("eu:a:2", INN), company("ua:a:1", INN, INN_3))
    known = truth(tables, "entity")
    assert (known.twice, known.true.height) == (1, 0)


def test_listings_of_one_kind_and_of_some_regimes_are_chosen() -> None:
    tables = lists(company("eu:a:1", INN), company("ua:a:1"), company("us:a:1"))
    told = of_kind(tables, ("eu", "us"), "entity")
    assert told.listings["listing"].to_list() == ["eu:a:1", "us:a:1"]
    assert set(told.names["listing"]) == {"eu:a:1", "us:a:1"}
    assert of_kind(tables, ("eu",), "ship").names.height == 0

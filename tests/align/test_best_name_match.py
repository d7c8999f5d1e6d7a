"""Of all names of two parties the two that speak most stand for them, in one order for ties."""

import polars as pl
import pytest

from konvoi.align.best_name_match import likest
from konvoi.align.blocking import Candidates
from konvoi.align.naming import named, weighed

EQUAL = pl.DataFrame(
    schema={"left": pl.Int64(), "right": pl.Int64(), "type": pl.String(), "value": pl.String()}
)
OTHERS = [["Orlyk Trading"], ["Bilyk Trading"], ["Lapin Service"], ["Yarosh Service"]]


def best(left: list[str], right: list[str], *, equal: bool = False) -> dict[str, object]:
    """What is said of two companies with these names among others. equal: compared by a number alone."""
    owners = [left, right, *OTHERS]
    rows = [(str(n), text) for n, texts in enumerate(owners) for text in texts]
    names = pl.DataFrame(rows, schema=["listing", "name"], orient="row").with_columns(kind=pl.lit("primary"))
    listings = names.select("listing", kind=pl.lit("entity")).unique()
    found = named(listings, names)
    known = listings.with_columns(owner=pl.col("listing").cast(pl.Int64))
    held = found.held.join(known, on="listing").select("owner", "name")
    of = [held.filter(pl.col("owner") == side)["name"].to_list() for side in (0, 1)]
    pairs = [(0, 1, a, b) for a in of[0] for b in of[1]]
    schema = {"left": pl.Int64(), "right": pl.Int64(), "a": pl.UInt32(), "b": pl.UInt32()}
    wanted = pl.DataFrame([] if equal else pairs, schema=schema, orient="row")
    number = pl.DataFrame([(0, 1, "inn", "7")] if equal else [], schema=EQUAL.schema, orient="row")
    told = likest(Candidates(wanted, number, pl.DataFrame()), found.names, weighed(found, known), held)
    return told.row(0, named=True) if told.height else {}


@pytest.mark.parametrize("equal", [False, True])
def test_the_two_names_that_speak_most_stand_for_both(equal: bool) -> None:
    told = best(["Lapin Service", "Quorvex Zylph Ltd"], ["Quorvex Zylph LLC", "Orlyk"], equal=equal)
    assert (told["text_left"], told["text_right"]) == ("Quorvex Zylph Ltd", "Quorvex Zylph LLC")
    assert (told["likeness"], told["forms"], told["fathers"]) == (1.0, "equal", None)


def test_another_form_speaks_against_and_none_says_nothing() -> None:
    assert best(["Quorvex Ltd"], ["Quorvex JSC"])["forms"] == "other"
    assert best(["Quorvex Ltd"], ["Quorvex"])["forms"] is None
    told = best(["Quorvex Ltd"], ["Quorvex JSC", "Quorvex"])
    assert (told["text_right"], told["forms"]) == ("Quorvex", None)


def test_of_names_that_speak_alike_the_first_stand() -> None:
    """In the order of names, which is that of their texts."""
    told = best(["Quorvex", "QUORVEX"], ["quorvex", "Quorvex."])
    assert (told["text_left"], told["text_right"]) == ("QUORVEX", "Quorvex.")


def test_names_without_words_say_nothing() -> None:
    assert best(["…"], ["Quorvex"]) == {}

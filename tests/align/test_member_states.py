"""Member states in the matrix: the Union's measures or their own; lists of terrorism open no gap."""

from datetime import date

import polars as pl
import pytest

from konvoi.align.compare import gaps
from konvoi.align.frames import Frames, frames, together
from konvoi.align.listing import Kind, Listing, Measure, Name, Order, Since
from konvoi.align.matrix import COVERS, matrix
from konvoi.align.member_states import TERRORISM, with_union
from konvoi.kit.days import Days
from konvoi.model.finding import Place

DAY = date(2031, 3, 3)
WITHIN = {"cz": "eu", "nl": "eu"}
FREEZE, ENTRY = Order.ASSET_FREEZE, Order.ENTRY_BAN


def listed(regime: str, key: str, *orders: Order, list: str = "national") -> Listing:
    since = Days(date(2031, 1, 1), date(2031, 1, 1))
    measures = tuple(
        Measure(one, one.value, f"{regime} act", since, Since.GIVEN) for one in orders or (FREEZE,)
    )
    return Listing(
        f"{regime}:{list}:{key}", Kind.ENTITY, (Name(key),), Place("f"), list=list, measures=measures
    )


def parties(*listings: Listing) -> pl.DataFrame:
    """Listings of one key are of one party."""
    rows = [(one.id.rpartition(":")[2], one.id) for one in listings]
    return pl.DataFrame(rows, schema={"party": pl.String, "listing": pl.String}, orient="row")


def drawn(
    *listings: Listing, covers: tuple[str, ...] = ("eu", "cz", "nl", "uk")
) -> tuple[pl.DataFrame, Frames]:
    """The matrix of some listings, for regimes whose lists are all of the day."""
    names = sorted({one.id.split(":")[0] for one in listings} | set(covers))
    whole = together([frames(name, [o for o in listings if o.id.startswith(name)]) for name in names])
    rows = [(name, DAY, DAY, DAY) for name in covers]
    known = pl.DataFrame(rows, schema=COVERS, orient="row")
    plain = matrix(whole, known, names, DAY, parties(*listings))
    return with_union(plain, whole, WITHIN), whole


def cell(found: pl.DataFrame, party: str, regime: str, order: Order = FREEZE) -> str:
    return str(
        found.row(
            by_predicate=(pl.col("party") == party)
            & (pl.col("regime") == regime)
            & (pl.col("order") == order.value),
            named=True,
        )["cell"]
    )


def test_a_member_state_lists_whom_the_union_or_its_own_list_names() -> None:
    found, _ = drawn(
        listed("eu", "a"), listed("cz", "b"), listed("uk", "c"), listed("eu", "d"), listed("cz", "d")
    )
    assert [cell(found, party, "cz") for party in "abcd"] == ["listed", "listed", "not listed", "listed"]
    row = found.row(by_predicate=(pl.col("party") == "d") & (pl.col("regime") == "cz"), named=True)
    assert (row["acts"], row["listings"]) == ("cz act; eu act", "cz:national:d; eu:national:d")
    assert cell(found, "b", "eu") == "not listed"


def test_without_a_list_of_the_union_absence_in_a_member_state_is_not_known() -> None:
    found, _ = drawn(listed("cz", "b"), listed("uk", "c"), covers=("cz", "uk"))
    assert (cell(found, "b", "cz"), cell(found, "c", "cz")) == ("listed", "not known")


def test_a_list_of_entry_bans_opens_no_gap_of_asset_freezes() -> None:
    found, _ = drawn(listed("cz", "b", ENTRY), listed("uk", "c"), listed("eu", "e"))
    assert cell(found, "c", "cz") == "not known"
    freezes = gaps(found).filter(order=FREEZE.value)
    assert set(freezes.select("party", "has", "lacks").rows()) == {
        ("c", "uk", "eu"),
        ("e", "eu", "uk"),
        ("e", "cz", "uk"),
    } | {("e", "nl", "uk")}
    assert gaps(found).filter(order=ENTRY.value).is_empty()


def test_a_list_of_terrorism_opens_no_gap_on_either_side_and_still_names_whom_it_freezes() -> None:
    found, _ = drawn(listed("nl", "t", list=TERRORISM), listed("uk", "c"), listed("eu", "e"))
    assert (cell(found, "t", "nl"), cell(found, "c", "nl")) == ("listed", "not known")
    told = {(one["party"], one["has"], one["lacks"]) for one in gaps(found).iter_rows(named=True)}
    assert {one for one in told if one[0] == "t" or (one[2] == "nl")} == set()


@pytest.mark.parametrize("name", ["eu", "uk"])
def test_other_regimes_stay_as_they_are(name: str) -> None:
    listings = listed("eu", "a"), listed("uk", "c")
    whole = together([frames(one.id[:2], [one]) for one in listings])
    rows = [(one, DAY, DAY, DAY) for one in ("eu", "uk")]
    plain = matrix(whole, pl.DataFrame(rows, schema=COVERS, orient="row"), ["eu", "uk"], DAY)
    assert with_union(plain, whole, WITHIN).filter(regime=name).equals(plain.filter(regime=name))

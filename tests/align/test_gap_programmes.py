"""Gaps by programme, theme and measure; a list of terrorism alone lacks nothing else."""

from datetime import date

import polars as pl
from tests.align.test_matrix import FREEZE, given_, listing, lists

from konvoi.align.citing import citations, programmes
from konvoi.align.compare import open_gaps
from konvoi.align.frames import Frames
from konvoi.align.gap_programmes import By, Chosen, chosen, counted, with_programmes
from konvoi.align.listing import Order
from konvoi.align.matrix import COVERS, matrix

DAY = date(2031, 3, 1)
REGIMES = ("ca", "eu", "uk", "us")


def gaps(found: Frames, parties: list[tuple[str, str]]) -> pl.DataFrame:
    """The gaps of lists of one day."""
    covers = pl.DataFrame([(one, DAY, DAY, DAY) for one in REGIMES], schema=COVERS, orient="row")
    known = pl.DataFrame(parties, schema={"party": pl.String(), "listing": pl.String()}, orient="row")
    drawn = matrix(found, covers, REGIMES, DAY, known)
    return with_programmes(open_gaps(drawn), citations(found), programmes(found))


def found() -> Frames:
    """A Russian bank on two lists, an entry ban of the EU alone, and others so that each list speaks."""
    return lists(
        listing("eu:bank", given_(FREEZE, "2030-01-01", act="32014R0269")),
        listing("ca:bank", given_(FREEZE, "2030-01-01", act="Russia / Russie, item 3")),
        listing("eu:man", given_(Order.ENTRY_BAN, "2030-01-01", act="32014R0269")),
        listing("uk:fighter", given_(FREEZE, "2030-01-01", act="UK regime Counter-Terrorism (Domestic)")),
        listing("us:hacker", given_(FREEZE, "2030-01-01", act="CYBER2")),
        listing("ca:fighter", given_(FREEZE, "2030-01-01", act="Belarus, item 1")),
    )


PARTIES = [("bank", "eu:bank"), ("bank", "ca:bank"), ("fighter", "uk:fighter")]


def test_a_gap_has_acts_programmes_themes_and_the_number_that_can_tell() -> None:
    (gap,) = gaps(found(), PARTIES).filter(party="bank", lacks="us").iter_rows(named=True)
    assert (gap["count"], gap["known"], gap["has"]) == (2, 4, "ca; eu")
    assert gap["citations"] == (
        "Council Regulation (EU) No 269/2014; "
        "Special Economic Measures (Russia) Regulations (SOR/2014-58), item 3"
    )
    assert gap["numbers"] == "Council Regulation (EU) No 269/2014; SOR/2014-58"
    assert gap["programmes"] == "ca:Russia"
    assert gap["themes"] == "Russia and Ukraine"


def test_a_list_of_terrorism_alone_lacks_only_what_others_order_because_of_terrorism() -> None:
    drawn = gaps(found(), PARTIES)
    assert drawn.filter(lacks="uk").is_empty()
    assert set(drawn.filter(party="fighter")["lacks"]) == {"ca", "eu", "us"}


def test_an_entry_ban_opens_no_gap_of_an_asset_freeze() -> None:
    """Nobody but the EU orders entry bans here, so that no list can say that it lacks one."""
    assert gaps(found(), PARTIES).filter(party="eu:man").is_empty()


def test_gaps_are_chosen_by_programme_theme_and_measure() -> None:
    drawn = gaps(found(), PARTIES)
    whole = chosen(drawn, Chosen())
    assert whole.height == drawn.height
    assert set(chosen(drawn, Chosen(programme="Russia"))["party"]) == {"bank"}
    assert chosen(drawn, Chosen(programme="ca:Russia")).equals(chosen(drawn, Chosen(programme="Russia")))
    assert chosen(drawn, Chosen(programme="uk:Russia")).is_empty()
    assert set(chosen(drawn, Chosen(theme="cyber-attacks"))["party"]) == {"us:hacker"}
    assert chosen(drawn, Chosen(measure="entry ban")).is_empty()
    assert set(chosen(drawn, Chosen(regime="us"))["lacks"]) == {"us"}


def test_groups_count_each_gap_in_each_of_its_themes() -> None:
    drawn = gaps(found(), PARTIES).filter(lacks="us")
    assert counted(drawn, By.THEME).rows() == [
        ("us", "Belarus", 1, 0),
        ("us", "Russia and Ukraine", 1, 0),
        ("us", "terrorism", 1, 0),
    ]
    assert counted(drawn, By.MEASURE).rows() == [("us", "asset freeze", 3, 0)]

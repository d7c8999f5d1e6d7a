"""The chapter on sanctions and the part of a session pack, drawn from lists and proposals of a workspace."""

from pathlib import Path

import polars as pl
import pytest
from tests.flow.sided import DAY, sided
from tests.report.cases import case

from konvoi.flow.sanctions.comparison_case import _tables
from konvoi.flow.sanctions.list_comparison import Sanctions, sanctions
from konvoi.flow.sanctions.proposals import draft, proposed, step, steps
from konvoi.report.case import Case
from konvoi.report.language import Language
from konvoi.report.page import Section
from konvoi.report.reports.sanctions import section
from konvoi.report.sanctions.proposals import tabled

STEP = {"by": "A. Example", "at": "2031-09-03T08:00:00+00:00"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Lists, and a proposal that Canada list whom the EU added, tabled in session S-1."""
    made = sided(tmp_path_factory.mktemp("sided"))
    row = draft(made, sanctions(made), "Added SAMPLE", to="ca", order="", reason="same people", **STEP)
    step(made, row["proposal"], "tabled", values={"session": "S-1"}, **STEP)
    return made


@pytest.fixture(scope="module")
def found(folder: Path) -> Sanctions:
    return sanctions(folder)


@pytest.fixture(scope="module")
def whole(folder: Path, found: Sanctions) -> Case:
    """The invented case with the tables of these lists."""
    usual = case()
    tables = {**usual.tables, **_tables(found), "proposals": proposed(steps(folder), found)}
    return case(tables=tables, day=DAY)


def said(part: Section, code: str = "en") -> list[str]:
    return [Language(code).text(one) for one in part.answer]


@pytest.mark.slow
def test_the_chapter_opens_with_its_sentence_from_the_numbers(whole: Case) -> None:
    assert said(section(whole)) == [
        "10 parties are listed, regimes with a list: 3; measures that others order and one list lacks on the "
        "same day: 5.",
        "Largest gap: Anna SAMPLE, asset freeze: ordered by European Union, not by Canada on 2 Sep 2031.",
        "Pairs of parties under review as one: 1; gaps that would close if they are one, not counted: 0.",
        "Proposals: 1; tabled in a session 1, adopted 0, closed by a list 0.",
    ]
    assert said(section(whole), "de")[3].startswith("Vorschläge: 1; in einer Sitzung vorgelegt 1")
    assert said(section(whole), "uk")[3].startswith("Пропозиції: 1")


def test_each_gap_is_a_row_with_the_day_and_the_act(whole: Case) -> None:
    (table,) = (one for one in section(whole).tables if one.id == "sanctions-gaps")
    rows = [[Language("en").text(cell) for cell in row] for row in table.rows]
    assert rows[1] == [
        "Added SAMPLE",
        "person",
        "Canada",
        "2 Sep 2031",
        "asset freeze",
        "European Union",
        "Regulation (EU) 9999/3",
        "",
    ]


def test_without_lists_one_line_says_so_and_with_broken_ones_where_to_look() -> None:
    bare = section(case())
    assert said(bare) == [
        "No sanctions lists are imported. To import one: konvoi sanctions lists FILE --of REGIME."
    ]
    assert bare.tables == ()
    broken = case(tables={**case().tables, "sanction_lists": pl.DataFrame()})
    assert said(section(broken)) == [
        "The sanctions lists cannot be read. Run konvoi sanctions lists for the reason."
    ]


def test_a_tabled_proposal_stands_in_its_session_and_in_no_other(whole: Case) -> None:
    part = tabled(whole, "S-1")
    assert part is not None
    assert said(part) == ["1 proposal that a regime list a party is tabled in this session."]
    assert tabled(whole, "S-2") is None
    assert tabled(case(), "S-1") is None

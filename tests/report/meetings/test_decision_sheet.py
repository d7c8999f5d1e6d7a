"""The decision sheet: options with consequences, the cost of no decision, who can unblock it, drafts."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from tests.report.cases import DAY
from tests.report.talking import SECOND, talking
from tests.report.world import table

from konvoi.report.case import Case
from konvoi.report.language import Language
from konvoi.report.meetings.decision_sheet import MOST, decision_page, sheet_stakes
from konvoi.report.meetings.options import ACT, LATER, REFUSE, Effects
from konvoi.report.page import Page, Table

EN = Language("en")
ROW = {"until": None, "title": None, "town": None, **SECOND}


def waiting() -> Case:
    """The invented case with sessions, in which Dorrest waits for the transit of its fuel."""
    known = talking()
    row = {"approval": "A1", "kind": "transit", "party": "CAS", "covers": "O3", "marking": "public"}
    rows = table("approvals", [row | {"due": DAY + timedelta(days=3)}])
    return replace(known, tables={**known.tables, "approvals": rows})


def sheet(case: Case, effects: Effects | None = None, audience: str = "cell") -> Page:
    return decision_page(case, ROW, audience, effects or {})


def decisions(page: Page) -> dict[str, Table]:
    return {EN.text(one.title): one for one in page.sections[0].tables}


def options(found: Table) -> list[tuple[str, str]]:
    return [(EN.text(text), EN.text(told).replace("\u00a0", " ")) for text, told in found.rows]


def transit(page: Page) -> Table:
    (found,) = (one for title, one in decisions(page).items() if "transit for O3" in title)
    return found


def test_those_of_the_agenda_come_first_and_computed_ones_are_marked_as_proposed() -> None:
    titles = list(decisions(sheet(waiting())))
    assert titles[0].endswith("(agenda)")
    assert any(one.endswith("(proposed)") for one in titles)
    assert [one.endswith("(agenda)") for one in titles] == sorted(
        (one.endswith("(agenda)") for one in titles), reverse=True
    )
    assert len(titles) <= MOST


def test_without_a_plan_the_needs_at_stake_stand_or_that_it_is_not_quantified() -> None:
    assert options(transit(sheet(waiting()))) == [
        ("act as stated", "19 % of needs, by value, can be served"),
        ("decide 4 weeks later", "not quantified"),
        ("refuse", "19 % of needs, by value, cannot be served by it"),
    ]


def test_with_a_plan_the_consequences_are_those_of_the_re_solved_one() -> None:
    effects = {("A1", ACT): Decimal(64), ("A1", LATER): Decimal(0), ("A1", REFUSE): Decimal(-32)}
    found = transit(sheet(waiting(), effects))
    assert [told for _, told in options(found)] == [
        "Re-solved plan: 10 % of needs, by value, more",
        "Re-solved plan: no change",
        "Re-solved plan: 5 % of needs, by value, less",
    ]
    assert found.note is not None
    note = EN.text(found.note).replace("\u00a0", " ")
    assert "No decision: Re-solved plan: 5 % of needs, by value, less." in note
    assert "Can unblock it: Castovia." in note


def test_the_stakes_name_the_offers_and_the_approvals_that_they_wait_for() -> None:
    (found,) = (one for one in sheet_stakes(waiting(), ROW, "cell") if one.record == "A1")
    assert (found.offers, found.approvals) == (("O3",), ("A1",))


def test_a_draft_has_at_most_forty_words() -> None:
    for title, found in decisions(sheet(waiting())).items():
        assert found.note is not None
        draft = EN.text(found.note).partition("Draft: ")[2].partition(" No decision")[0]
        assert len(draft.split()) <= 40, title
    assert "Castovia is asked by 9 Mar 2026: Decide on the transit for O3." in EN.text(
        transit(sheet(waiting())).note
    )


def test_the_public_gets_the_agenda_alone() -> None:
    assert all(one.endswith("(agenda)") for one in decisions(sheet(waiting(), audience="public")))

"""The parts of a session pack: what each says, and what it leaves out for whom."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.report.cases import DAY, case
from tests.report.orders.issues import eyes, issue
from tests.report.talking import FIRST, SECOND, talking

from konvoi.accord.step_changes import SINCE
from konvoi.align.proposing import HEAD, standing
from konvoi.report.language import Language
from konvoi.report.meetings.pack import Sitting, pack
from konvoi.report.meetings.pack_parts import document_state, late, since, the_session
from konvoi.report.meetings.session_tables import Talks
from konvoi.report.orders.view import Issue
from konvoi.report.page import Section

EN = Language("en")
ROW = {"until": None, "title": None, "members": None, "arrival": None, "reception": None}


def said(section: Section) -> list[str]:
    return [EN.text(sentence) for sentence in section.answer]


def rows(section: Section, table: str) -> list[list[str]]:
    found = next(one for one in section.tables if one.id == table)
    return [[EN.text(cell) for cell in row] for row in found.rows]


def test_the_session_says_where_when_who_receives_and_who_comes() -> None:
    own = {**ROW, **FIRST, "members": "Player N", "reception": "Station"}
    assert said(the_session(Talks(talking()), own)) == [
        "Odrin, 10 Feb 2026 to 11 Feb 2026.",
        "Host: Norvania (Player N).",
        "Reception: Station.",
        "In person: 2, online: 1, absent: 1.",
    ]


def test_nobody_who_was_not_named_is_named() -> None:
    own = {**ROW, **SECOND, "host": None}
    assert said(the_session(Talks(talking()), own)) == ["Karsk, 9 Mar 2026."]


def test_what_is_new_opens_its_entries() -> None:
    """Only what was not known then, by partner and stage."""
    known = replace(talking(), documents=case().documents)
    fresh = frozenset(known.entries.filter(known.entries["party"] == "TEL")["entry"])
    found = since(Talks(known), {**ROW, **FIRST}, fresh, SINCE.to_frame())
    assert rows(found, "new-entries") == [["Tellmark", "pledged", "2"]]
    assert "new entries 2" in said(found)[0]


@pytest.mark.parametrize(
    ("days", "state"),
    [
        ((None, None, None), "not signed"),
        ((1, None, None), "not signed"),
        ((-9, None, None), "signed"),
        ((-9, 1, None), "signed"),
        ((-9, 0, None), "in force"),
        ((-9, -9, 91), "in force"),
        ((-9, -9, 90), "ends soon"),
        ((-9, -9, 0), "ends soon"),
        ((-9, -9, -1), "ended"),
    ],
)
def test_a_document_stands_by_its_own_days(days: tuple[int | None, ...], state: str) -> None:
    signed, starts, ends = (None if at is None else DAY + timedelta(days=at) for at in days)
    row = {"document": "D", "day": signed, "in_force": starts, "ends": ends}
    assert document_state(row, set(), DAY) == state
    assert document_state(row, {"D"}, DAY) == "replaced"


def test_a_promise_is_late_from_the_day_after_its_last_day() -> None:
    known = case()
    entries = known.entries.with_columns(promised=known.entries["day_from"].clear(known.entries.height))
    assert said(late(replace(known, entries=entries))) == [
        "No promised day has passed without what was promised."
    ]


def test_conflicts_are_those_of_the_plan_and_say_what_would_solve_them() -> None:
    made, known = issue()
    tables = {
        **known.tables,
        **{name: talking().tables[name] for name in ("sessions", "agenda", "attendance")},
    }
    files = pack(
        replace(known, tables=tables),
        Sitting({**ROW, **SECOND}),
        issue=Issue(made, known, eyes(known)),
        audience="coalition",
        languages=("en",),
    )
    text = files["session.en.html"].decode()
    assert "above the limit" in text
    assert "Arvenia, Querland together bring" in text


def test_a_public_reader_hears_of_no_conflict_of_consignments_that_are_not_public() -> None:
    made, known = issue()
    files = pack(
        known,
        Sitting({**ROW, **SECOND}),
        issue=Issue(made, known, eyes(known)),
        audience="public",
        languages=("en",),
    )
    assert "No conflicts released to this reader." in files["session.en.html"].decode()


def test_without_a_plan_the_pack_says_how_to_get_one() -> None:
    files = pack(talking(), Sitting({**ROW, **SECOND}), issue=None, audience="public", languages=("en",))
    assert "Run konvoi run to compute one" in files["session.en.html"].decode()


def test_what_is_proposed_to_regimes_stands_in_the_pack_of_its_session_alone() -> None:
    step = dict.fromkeys(HEAD, "") | {
        "proposal": "p-1",
        "by": "A. Example",
        "at": "2026-02-01T08:00:00+00:00",
    }
    draft = {"step": "draft", "name": "Sample", "kind": "entity", "to": "uk", "order": "asset freeze"}
    steps = [step | draft | {"listings": "eu:a"}, step | {"step": "tabled", "session": str(FIRST["session"])}]
    base = talking()
    told = replace(base, tables={**base.tables, "proposals": standing(steps)})
    for session, shown in ((FIRST, True), (SECOND, False)):
        found = pack(told, Sitting({**ROW, **session}), issue=None, audience="coalition", languages=("en",))
        assert (b"Proposals on sanctions" in found["session.en.html"]) == shown

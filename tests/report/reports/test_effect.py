"""What it brings, in a brief."""

from dataclasses import replace
from decimal import Decimal

from tests.report.cases import case, entry, table

from konvoi.model.entries import frame
from konvoi.report.language import Language
from konvoi.report.reports.effect import NO_KITS, NO_MONEY, NO_NEEDS, NO_OBLAST, section

ENGLISH = Language("en")


def test_without_a_receipt_what_came_in_time_is_not_known_and_no_zero() -> None:
    found = section(case())
    said = [ENGLISH.text(one) for one in found.answer]
    assert not any("received by its due day" in one for one in said)
    kits = found.tables[1].rows
    assert all(ENGLISH.text(row[3]) == "not reported" for row in kits)
    assert not any("are handed over whole" in one for one in said)
    shown = [ENGLISH.text(value) for value in found.tables[0].rows[0]]
    assert shown[2:5] == ["not reported", "not reported", "not reported"]


def test_kits_of_which_no_receipt_tells_are_not_told_as_none() -> None:
    known = case()
    parts = table("kits", [{"kit": "K", "need": known.tables["needs"]["need"][0], "per_kit": Decimal(1)}])
    good = known.tables["needs"]["good"][0]
    given = frame([entry("E01", "ARV", "pledged", 1, good=good, kind="military")])
    found = section(replace(known, entries=given, tables={**known.tables, "kits": parts}))
    said = " ".join(ENGLISH.text(one) for one in found.answer)
    assert "so usable kits cannot be computed" in said
    assert ENGLISH.text(found.tables[1].rows[0][3]) == "not reported"


def test_what_is_needed_later_is_told_by_the_plan_and_with_the_forecast() -> None:
    said = " ".join(ENGLISH.text(one) for one in section(case()).answer)
    assert "received or planned by the due date" in said
    assert "with forecast delays" in said


def test_what_nobody_states_is_said_for_each_line() -> None:
    known = case()
    bare = replace(
        known,
        tables={name: rows for name, rows in known.tables.items() if name not in ("needs", "kits", "sites")},
    )
    assert section(bare).answer == (NO_NEEDS, NO_KITS, NO_MONEY, NO_OBLAST)

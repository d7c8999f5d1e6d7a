"""The way of documents into force, and what contradicts it; documents of a few rows."""

from datetime import date

import polars as pl

from konvoi.accord.path import faults, way
from konvoi.accord.terms import Term
from konvoi.model.tables import BY_NAME

SIGNED = date(2031, 3, 5)
ON_SIGNATURE = [
    Term("in force", "X/1", "comes into effect upon signature"),
    Term("termination", "X/2", "may be terminated", 6),
]
RATIFIED = [Term("ratification", "X/1", "this agreement is subject to ratification")]


def tables(*marks: dict[str, object], **document: object) -> dict[str, pl.DataFrame]:
    """One document between DE and UA, and its milestones."""
    usual = {"document": "A", "title": "A", "parties": "DE; UA", "_file": "a.csv", "_sheet": "", "_row": 2}
    rows = [
        {"milestone": f"m{at}", "document": "A", "_file": "m.csv", "_sheet": "", "_row": at, **one}
        for at, one in enumerate(marks, 2)
    ]
    return {
        "documents": pl.DataFrame([usual | document], schema=BY_NAME["documents"].schema()),
        "milestones": pl.DataFrame(rows, schema=BY_NAME["milestones"].schema()),
    }


def needs(found: pl.DataFrame) -> dict[str, str]:
    return dict(zip(found["event"], found["requirement"], strict=True))


def codes(
    given: dict[str, pl.DataFrame], terms: list[Term] | None = None, day: date | None = None, **ends: date
) -> list[tuple[str, str, int]]:
    ways = way(given, {"A": terms or []})
    return [(one.code, one.place.column, one.place.row) for one in faults(given, ways, ends, day=day)]


def test_force_upon_signature_requires_it_and_leaves_ratification_out() -> None:
    found = needs(way(tables(), {"A": ON_SIGNATURE}))
    assert (found["signed"], found["in force"], found["ratified"]) == (
        "required",
        "required",
        "not applicable",
    )
    assert (found["initialled"], found["notice of termination"]) == ("unknown", "not applicable")


def test_without_its_text_nothing_is_known_of_what_a_document_requires() -> None:
    assert set(needs(way(tables(), {})).values()) == {"unknown"}


def test_a_text_may_require_ratification_and_a_person_may_say_otherwise() -> None:
    assert needs(way(tables(), {"A": RATIFIED}))["ratified"] == "required"
    said: dict[str, object] = {"event": "ratified", "requirement": "not applicable"}
    assert needs(way(tables(said), {"A": RATIFIED}))["ratified"] == "not applicable"


def test_days_come_from_milestones_and_from_the_table_of_documents() -> None:
    given = tables({"event": "initialled", "day": date(2031, 1, 1), "party": "DE"}, day=SIGNED)
    found = {row["event"]: row for row in way(given, {}).iter_rows(named=True)}
    assert (found["signed"]["day"], found["initialled"]["parties"]) == (SIGNED, "DE")
    assert found["initialled"]["requirement"] == "required"


def test_a_signature_by_a_party_that_is_not_named_is_told_of() -> None:
    mark = {"event": "signed", "day": SIGNED}
    assert codes(tables({**mark, "party": "PL"})) == [("signature-of-other", "party", 2)]
    assert codes(tables({**mark, "party": "DE"}, mark)) == []
    assert codes(tables({**mark, "party": "EU-EC"}, parties="EU; UA")) == []
    assert codes(tables({**mark, "party": "PL"}, parties="EU; UA")) == [("signature-of-other", "party", 2)]


def test_a_signature_before_the_version_that_it_signs_is_told_of() -> None:
    agreed = {"event": "agreed", "version": "2", "day": date(2031, 3, 6)}
    signed = {"event": "signed", "party": "DE", "day": SIGNED}
    assert codes(tables(agreed, {**signed, "version": "2"})) == [("signature-before-version", "day", 3)]
    assert codes(tables(agreed, {**signed, "version": "1"})) == []


def test_a_signature_after_notice_was_given_is_told_of() -> None:
    notice = {"event": "notice of termination", "party": "UA", "day": date(2031, 3, 1)}
    signed = {"event": "signed", "party": "DE", "day": SIGNED}
    assert codes(tables(notice, signed)) == [("signature-after-notice", "day", 3)]
    assert codes(tables({**notice, "day": SIGNED}, signed)) == []


def test_force_before_a_required_milestone_is_told_of_with_what_is_missing() -> None:
    given = tables(day=SIGNED, in_force=SIGNED)
    assert codes(given, RATIFIED) == [("force-without-step", "in_force", 2)]
    assert codes(given, ON_SIGNATURE) == []
    late = tables({"event": "ratified", "day": date(2031, 4, 1)}, day=SIGNED, in_force=SIGNED)
    (finding,) = faults(late, way(late, {}), {}, day=None)
    assert (finding.code, finding.values["missing"]) == ("force-without-step", "ratified")


def test_an_end_that_is_near_is_told_of_and_one_by_the_texts_own_words_too() -> None:
    given = tables(ends=date(2041, 3, 5))
    assert codes(given, day=date(2040, 9, 6)) == [("expiry-near", "ends", 2)]
    assert codes(given, day=date(2040, 9, 5)) == []
    assert codes(given, day=date(2041, 3, 6)) == []
    assert codes(tables(), day=date(2041, 1, 1), A=date(2041, 3, 5)) == [("expiry-near", "ends", 2)]

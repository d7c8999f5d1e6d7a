"""Framework documents in a brief: their way, their terms side by side, and sums that wait for a person."""

from dataclasses import replace
from datetime import date

import polars as pl
from tests.accord.agreed import document
from tests.report.cases import FILE, case

from konvoi.accord.guarantees import guarantees_on
from konvoi.accord.path import way
from konvoi.accord.promises import Parties, proposed
from konvoi.accord.renewals import renewals
from konvoi.accord.signatures import signatures
from konvoi.accord.terms import terms
from konvoi.flow.agreements.paths import TERMS
from konvoi.model.tables import BY_NAME
from konvoi.report.case import Case
from konvoi.report.language import Language
from konvoi.report.page import Section
from konvoi.report.reports.framework import section

EN = Language("en")
SIGNED = date(2026, 1, 5)
TEXT = (
    *(
        "Agreement",
        "# I. Aims",
        "1. In 2026, Arvenia will give EUR 2 million, subject to the availability of funds.",
    ),
    *("2. In 2026, Arvenia will give up to EUR 3 million.", "3. In 2025, Arvenia gave EUR 1 million."),
    *("4. The Parties will consult within 24 hours.", "5. This Agreement comes into effect upon signature."),
)


def rows(name: str, *given: dict[str, object], file: str = FILE) -> pl.DataFrame:
    origin = {"_file": file, "_sheet": name}
    listed = [origin | {"_row": at} | one for at, one in enumerate(given, 2)]
    return pl.DataFrame(listed, schema=BY_NAME[name].schema())


def agreed(*marks: dict[str, object]) -> Case:
    """The invented case with one agreement, of whose three sums one is put down as an undertaking."""
    usual = {"document": "A", "title": "Agreement", "parties": "ARV; NOR", "day": SIGNED, "in_force": SIGNED}
    tables = {
        **case().tables,
        "documents": rows("documents", {**usual, "ends": date(2026, 6, 1)}),
        "undertakings": rows(
            "undertakings", {"undertaking": "U1", "document": "A", "party": "ARV", "clause": "I/1"}
        ),
        "milestones": rows("milestones", *marks),
    }
    text = document(*TEXT, name=FILE)
    said = terms(text)
    found = proposed(text, Parties(("ARV", "NOR"), "ARV"), signed=SIGNED).with_columns(document=pl.lit("A"))
    at = {"document": "A", "signed": SIGNED, "_file": FILE, "_sheet": "", "_row": 1}
    drawn = {
        "ways": way(tables, {"A": said}),
        "proposed": found.filter(pl.col("amount").is_not_null()),
        "terms": pl.DataFrame([{**vars(one), **at} for one in said], schema=TERMS),
    }
    drawn["renewals"] = renewals(
        tables["documents"], tables["undertakings"], tables["milestones"], drawn["terms"], day=case().day
    )
    return replace(case(), tables={**tables, **drawn})


def drawn(known: Case, language: Language = EN) -> tuple[list[str], dict[str, list[list[str]]]]:
    found = section(known)
    assert isinstance(found, Section)
    tables = {one.id: [[language.text(cell) for cell in row] for row in one.rows] for one in found.tables}
    return [language.text(sentence) for sentence in found.answer], tables


def test_the_answer_counts_documents_and_the_sums_that_nobody_decided_on() -> None:
    assert drawn(agreed())[0] == [
        "1 framework document; in force: 1; status not reported: 0; sums ended: 0; "
        "term or sums end within a year: 1.",
        "1 amount in the texts is under review; until then it is not counted.",
    ]


def test_a_documents_way_says_what_is_required_and_what_is_not_known() -> None:
    (row,) = drawn(
        agreed({"milestone": "M", "document": "A", "event": "ratified", "requirement": "required"})
    )[1]["framework-way"]
    assert row[0] == "A, Agreement"
    assert row[2:5] == ["5 Jan 2026", "5 Jan 2026", "1 Jun 2026"]
    assert row[5:] == ["ratified", "agreed, initialled", "1"]


def test_texts_stand_side_by_side_with_the_clause_of_each_point() -> None:
    assert drawn(agreed())[1]["framework-terms"] == [
        ["A", "5 Jan 2026", "within 24 h, I/4", "–", "–", "–", "–"]
    ]


def test_a_proposal_shows_the_words_that_speak_for_it_and_what_was_given_is_none() -> None:
    assert drawn(agreed())[1]["framework-proposed"] == [
        [
            *("A I/2", "Arvenia", "up to EUR 3.0 m", "EUR", "2026", "political", ""),
            "In 2026, Arvenia [will] give [up to EUR 3 million].",
        ]
    ]


def test_it_is_said_in_the_readers_language() -> None:
    sentences, tables = drawn(agreed(), Language("de"))
    assert sentences[0].startswith("1 Rahmendokument; in Kraft: 1")
    assert tables["framework-terms"][0][2] == "binnen 24 Std., I/4"


def test_where_there_are_neither_documents_nor_texts_there_is_no_part() -> None:
    assert section(case()) is None


def test_clauses_with_triggers_say_who_acts_towards_whom_and_within_what_time() -> None:
    known = agreed()
    clause = {"guarantee": "G-1", "document": "A", "clause": "I/4", "kind": "consultation"}
    words = {"trigger": "Attack", "trigger_de": "Angriff", "hours": 24}
    held = guarantees_on(rows("guarantees", clause | words), known.tables["documents"], day=date(2026, 1, 10))
    told = replace(known, tables={**known.tables, "guarantees_in_force": held})
    (row,) = drawn(told)[1]["framework-guarantees"]
    assert row[:3] == ["A I/4", "consultation", "Attack"]
    assert row[5:7] == ["24 h", "in force"]
    assert drawn(told, Language("de"))[1]["framework-guarantees"][0][2] == "Angriff"


def test_the_signature_record_stands_where_more_than_a_day_is_stated() -> None:
    signed = {"milestone": "M-1", "document": "A", "event": "signed", "party": "ARV", "day": SIGNED}
    for more, shown in (({}, False), ({"signatory": "A. Example", "office": "Minister"}, True)):
        known = agreed(signed | more)
        names = ("documents", "milestones", "ways")
        held = signatures(*(known.tables[name] for name in names))
        tables = drawn(replace(known, tables={**known.tables, "signatures": held}))[1]
        assert ("framework-signatures" in tables) == shown
    assert tables["framework-signatures"][0][2:4] == ["A. Example, Minister", "not reported"]


def test_sanctions_packages_are_no_framework_documents() -> None:
    known = agreed()
    sanctions = known.tables["documents"].with_columns(topic=pl.lit("sanctions"))
    told = replace(known, tables={**known.tables, "documents": sanctions})
    assert drawn(told)[1]["framework-way"] == []

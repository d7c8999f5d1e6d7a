"""The signature record: each party's signature, what is not reported of it, and what is to be approved."""

from datetime import date

import polars as pl

from konvoi.accord.path import way
from konvoi.accord.signatures import signatures
from konvoi.model.tables import BY_NAME

DAY = date(2031, 2, 1)


def record(*marks: dict[str, object], day: date | None = DAY) -> list[dict[str, object]]:
    document = {"document": "D-1", "parties": "AR; BO", "day": day, "language": "en; uk", "depositary": "BO"}
    tables = {
        "documents": pl.DataFrame([document], schema=BY_NAME["documents"].schema()),
        "milestones": pl.DataFrame(
            [{"document": "D-1", **mark} for mark in marks], schema=BY_NAME["milestones"].schema()
        ),
    }
    return signatures(**tables, ways=way(tables, {})).to_dicts()


def test_a_signature_states_its_person_powers_place_and_what_nobody_reported() -> None:
    first, second = record(
        {
            "event": "signed",
            "party": "AR",
            "day": date(2031, 1, 30),
            "signatory": "A. Example",
            "office": "Minister of Defence",
            "full_powers": "produced",
            "place": "Town",
        }
    )
    assert (first["party"], first["state"], first["day"]) == ("AR", "signed", date(2031, 1, 30))
    assert (first["signatory"], first["full_powers"], first["missing"]) == ("A. Example", "produced", [])
    assert (second["party"], second["day"]) == ("BO", DAY)
    assert second["missing"] == ["signatory", "office", "full_powers", "place"]
    assert {row["languages"] for row in (first, second)} == {"en; uk"}


def test_approval_that_is_required_is_outstanding_until_it_is_given() -> None:
    need: dict[str, object] = {
        "event": "ratified",
        "party": "BO",
        "requirement": "required",
        "body": "Assembly",
    }
    waiting = {row["party"]: row for row in record(need)}
    assert (waiting["BO"]["state"], waiting["BO"]["body"]) == ("consent outstanding", "Assembly")
    assert (waiting["AR"]["state"], waiting["AR"]["approval"]) == ("consent outstanding", "required")
    given = {row["party"]: row for row in record(need | {"day": date(2031, 3, 1)})}
    assert (given["BO"]["state"], given["BO"]["approved"]) == ("signed", date(2031, 3, 1))


def test_what_nobody_signed_is_not_signed_and_lacks_nothing_yet() -> None:
    assert [(row["state"], row["missing"]) for row in record(day=None)] == [("not signed", [])] * 2

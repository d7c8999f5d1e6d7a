"""Which framework contract a call-off may be under, where it names none that was handed in."""

import json
from datetime import date

import polars as pl

from konvoi.accord.frameworks import CALL_OFFS
from konvoi.model.tables import BY_NAME

Row = dict[str, object]

FRAMEWORK: Row = {
    "contract": "FW",
    "supplier": "SUP",
    "line": "L-1",
    "day": date(2031, 1, 10),
    "quantity": 100,
    "unit": "piece",
    "amount": 10_000_00,
    "currency": "EUR",
}
CALL_OFF: Row = {**FRAMEWORK, "call_off": "CO", "contract": "ocds-9", "day": date(2031, 2, 1)} | {
    "quantity": 60,
    "amount": 6_000_00,
    "line": None,
    "_supplier": "ocds-sup-1",
    "_code": "CPV:31120000-3",
}


def table(name: str, *rows: Row, **more: pl.DataType) -> pl.DataFrame:
    schema = {**BY_NAME[name].schema(), **more}
    return pl.DataFrame([{one: row.get(one) for one in schema} for row in rows], schema=schema)


def found(call_off: Row, *contracts: Row) -> pl.DataFrame:
    own = {"_supplier": pl.String(), "_code": pl.String()}
    return CALL_OFFS.proposals(
        {
            "contracts": table("contracts", *contracts),
            "call_offs": table("call_offs", call_off, **own),
            "lines": table("lines", {"line": "L-1", "good": "gen"}, {"line": "L-2", "good": "tent"}),
            "goods": table("goods", {"good": "gen", "codes": "CPV:1; CPV:31120000-3"}),
            "parties": table(
                "parties",
                {"party": "SUP", "name": "Ostra Works"},
                {"party": "ocds-sup-1", "name": "OSTRA works"},
            ),
        }
    )


def test_a_framework_of_the_same_supplier_and_good_is_proposed_with_what_speaks_for_it() -> None:
    """Supplier by name, good by code; sixty of a hundred, signed three weeks later."""
    pairs = found(CALL_OFF, FRAMEWORK)
    assert pairs.schema == CALL_OFFS.proposed
    (row,) = pairs.to_dicts()
    assert (row["call_off"], row["contract"]) == ("CO", "FW")
    assert row["probability"] > 0.9
    assert dict(json.loads(row["evidence"])) == {
        "supplier": "the same supplier",
        "good": "the same good",
        "quantity": "a part of what the framework holds",
        "amount": "a part of what the framework holds",
        "day": "signed after the framework",
    }


def test_what_does_not_fit_is_not_proposed() -> None:
    """Another supplier, another good, signed before it, or a cancelled one."""
    for other in (
        {"supplier": "X"},
        {"line": "L-2"},
        {"day": date(2031, 6, 1)},
        {"state": "cancelled"},
    ):
        assert found(CALL_OFF, FRAMEWORK | other).is_empty()


def test_a_call_off_that_names_its_framework_is_asked_of_nobody() -> None:
    assert found(CALL_OFF | {"contract": "FW"}, FRAMEWORK).is_empty()
    assert CALL_OFFS.proposals({}).is_empty()


def test_the_order_of_rows_changes_nothing_and_the_surer_stands_first() -> None:
    small = FRAMEWORK | {"contract": "SMALL", "quantity": 50}
    assert found(CALL_OFF, FRAMEWORK, small).equals(found(CALL_OFF, small, FRAMEWORK))
    assert found(CALL_OFF, small, FRAMEWORK)["contract"][0] == "FW"


def test_a_decision_looks_at_quantities_sums_and_days_and_not_at_the_framework_named() -> None:
    """So that it holds after the call-off was put under its framework."""
    assert CALL_OFFS.digest(CALL_OFF, FRAMEWORK) == CALL_OFFS.digest(CALL_OFF | {"contract": "FW"}, FRAMEWORK)
    assert CALL_OFFS.digest(CALL_OFF, FRAMEWORK) != CALL_OFFS.digest(CALL_OFF | {"quantity": 61}, FRAMEWORK)
    assert CALL_OFFS.digest(CALL_OFF, FRAMEWORK) != CALL_OFFS.digest(CALL_OFF, FRAMEWORK | {"amount": 1})

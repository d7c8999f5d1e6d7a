"""What an audience may not see is nowhere in its files, and cannot be told from what is there."""

import io
import json
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal

import polars as pl
from tests.report import cases
from tests.report.cases import COALITION_FILE, case, entries, entry, table
from tests.report.views import seen_case

from konvoi.model.entries import ENTRIES, frame
from konvoi.model.finding import Finding, Place, Severity
from konvoi.report.case import Case
from konvoi.report.planning.need_status import served
from konvoi.report.render import render

SECRETS = (
    "SECRET-LINE-771",
    "77177177",
    "77,177,177",
    "Hidden Falls Depot",
    "SECRET-OFFER",
    "SECRET-NEED",
    "Vexmoor",
    "SECRET-READ",
    "SECRET-TEXT",
)


PLANTED: dict[str, list[cases.Row]] = {
    "parties": [{"party": "VEX", "name": "Vexmoor", "kind": "state", "marking": "coalition"}],
    "sites": [
        {
            "site": "HID",
            "name": "Hidden Falls Depot",
            "kind": "depot",
            "country": "PL",
            "lat": Decimal(50),
            "lon": Decimal(20),
            "marking": "ARV,BRE",
        }
    ],
    "needs": [{**cases.need("SECRET-NEED", "gen", 3, "KHA", date(2026, 4, 1), 1), "marking": "own"}],
    "offers": [{**cases.offer("SECRET-OFFER", "TEL", "gen", 2, "DEP1"), "marking": "coalition"}],
}


def secret_case() -> Case:
    """The invented case with something restricted planted in every table that a brief draws on."""
    rows = pl.concat([entries(), frame([_secret_entry()], ENTRIES)])
    shown = cases.tables()
    tables = shown | {
        name: pl.concat([shown[name], table(name, rows, COALITION_FILE)]) for name, rows in PLANTED.items()
    }
    made = cases.plan()
    move = made.movements.head(1).with_columns(
        movement=pl.lit("M9"), offer=pl.lit("SECRET-OFFER"), need=pl.lit("N1"), quantity=pl.lit(Decimal(2))
    )
    plan = replace(
        made,
        movements=pl.concat(
            [made.movements, move.select(made.movements.columns).cast(made.movements.schema)]
        ),
        unmet=made.unmet.with_columns(parameters=pl.lit('{"site": "HID"}')),
    )
    findings = (
        *cases.FINDINGS,
        Finding(
            Severity.ERROR, "not-a-number", Place(COALITION_FILE, "offers", 9, "quantity"), "SECRET-READ"
        ),
    )
    return case(
        entries=rows,
        tables=tables,
        plan=plan,
        outlook=cases.outlook(plan),
        findings=findings,
        totals=cases.totals(rows.filter(pl.col("entry") != "E91")),
    )


def _secret_entry() -> dict[str, object]:
    return entry(
        "E91",
        "TEL",
        "pledged",
        None,
        line="SECRET-LINE-771",
        text="SECRET-TEXT",
        amount_minor=7717717700,
        currency="EUR",
        submission="S2",
        marking="coalition",
        count_mode="not counted yet",
    )


def words(files: dict[str, bytes]) -> str:
    """All that stands in files, archives opened."""
    found = []
    for name, content in sorted(files.items()):
        found.append(content.decode("utf-8", errors="replace"))
        if name.endswith(".xlsx"):
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                found += [archive.read(part).decode("utf-8", errors="replace") for part in archive.namelist()]
    return "\n".join(found)


def test_nothing_restricted_stands_in_any_byte_of_the_public_files() -> None:
    """Every planted value is sought in every file, and inside the workbook."""
    said = words(render(seen_case(secret_case())))
    assert [secret for secret in SECRETS if secret in said] == []
    assert "Arvenia" in said


def test_the_coalition_sees_its_own_and_nothing_that_is_narrower() -> None:
    """Coalition sees what is marked coalition, not what names two parties or is somebody's own."""
    said = words(render(seen_case(secret_case(), "coalition"), audience="coalition", languages=("en",)))
    hidden = {"Hidden Falls Depot", "SECRET-NEED"}
    absent = {secret for secret in SECRETS if secret not in said}
    assert hidden <= absent
    assert "SECRET-LINE-771" in said
    assert "Vexmoor" in said or "SECRET-OFFER" in said


def test_a_need_that_a_hidden_movement_serves_keeps_no_unmet_quantity() -> None:
    """Need less unmet less what is shown would be what is hidden."""
    shown = seen_case(secret_case()).plan
    assert shown is not None
    assert "M9" not in shown.movements["movement"].to_list()
    assert "N1" not in shown.unmet["need"].to_list()
    assert (shown.value, shown.bound) == (Decimal(0), Decimal(0))


def test_coverage_counts_what_the_reader_may_see() -> None:
    """Of N1's twelve generators six come by what is shown; what the hidden movement brings is not counted."""
    (one, *_) = served(seen_case(secret_case()))
    assert (one.on_time, one.open) == (Decimal(6), Decimal(6))


def test_no_cause_of_an_unmet_need_is_told_to_other_readers() -> None:
    """Also one that names only what is visible: a hidden offer may have taken the room."""
    whole = secret_case()
    assert whole.plan is not None
    late = whole.plan.unmet.filter(pl.col("need") == "N2").with_columns(
        quantity=pl.lit(Decimal(3), whole.plan.unmet.schema["quantity"]),
        cause=pl.lit("arrives-late"),
        parameters=pl.lit(json.dumps({"day": "2031-03-01"})),
    )
    lacking = whole.plan.unmet.filter(pl.col("need") == "N2")["quantity"].sum()
    planned = replace(whole.plan, unmet=pl.concat([whole.plan.unmet, late]))
    shown = seen_case(replace(whole, plan=planned)).plan
    assert shown is not None
    assert shown.unmet.filter(pl.col("need") == "N2").rows() == [("N2", lacking + 3, "not-shown", "{}", None)]

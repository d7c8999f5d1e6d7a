"""Sums that sources publish: totals to date, budgets and frames, and the tracker's sums by year."""

from collections.abc import Sequence

from told import ROUGH, Row, Told

KIEL_ADDRESS = (
    "https://github.com/UkraineSupportTrackerWebsite/ukraine-support-tracker/blob/"
    "ddf24c0f8f36dbe0ffb85822d5f45a732440a617/data/data_explorer.csv"
)
FIRST_DAY, FIRST_YEAR = "2022-01-24", "2022"
KINDS = {"military": "military", "financial": "financial", "humanitarian": "humanitarian"} | {
    "energy": "energy",
    "recovery": "reconstruction",
    "reconstruction": "reconstruction",
    "total": "",
}


def published(told: Told, party: str) -> list[Row]:
    """Totals to date, budgets and frames that a party or others state of its support."""
    rows = [row for row in told.of(party) if row["amount"] and not told.is_package(row)]
    return [total(row) for row in rows if row["counts"] in ("plan", "total", "part") and last(row)]


def total(row: Row, stage: str = "") -> Row:
    """A published sum as a row of the table."""
    planned = row["counts"] in ("plan", "part") and "stated" not in row["stage"]
    return {
        "figure": row["id"],
        "party": row["party"],
        "from": row["period_from"],
        "to": last(row),
        "amount": row["amount"],
        "currency": row["currency"],
        "kind": KINDS.get(row["kind"], "financial"),
        "stage": stage or ("planned" if planned else ""),
        "title": row["what"],
        "address": row["source_address"],
        "exactness": ROUGH.get(row["exactness"], ""),
        "stated": row["day"],
    }


def last(row: Row) -> str:
    """The last day that a sum covers."""
    return row["period_to"] or row["day"]


def kiel(facts: Sequence[Row]) -> list[Row]:
    """The tracker's commitments and allocations by partner, year and kind, as sums of its months."""
    return [
        {
            "figure": f"KIEL-{row['party']}-{row['year']}-{row['measure'].upper()}",
            "party": row["party"],
            "from": FIRST_DAY if row["year"] == FIRST_YEAR else f"{row['year']}-01-01",
            "to": f"{row['year']}-12-31",
            "amount": row["amount"],
            "currency": "EUR",
            "kind": "" if row["measure"] == "commitments" else row["measure"],
            "stage": "committed" if row["measure"] == "commitments" else "allocated",
            "register": "kiel",
            "address": KIEL_ADDRESS,
        }
        for row in facts
    ]

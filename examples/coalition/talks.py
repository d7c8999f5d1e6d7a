"""Agreements with their sums, the meeting in Kyiv and what was planned after it, sanctions packages."""

from collections.abc import Mapping, Sequence

from told import Row, statement

Tables = dict[str, list[Row]]
Facts = Mapping[str, Sequence[Row]]

PAST = ("total", "restated")
MEETING = "KYIV-2026-01-03"
NEXT = {
    "S-NEXT-1": ("CHIEFS-2026-01-05", "", "Chiefs of general staff"),
    "S-NEXT-2": ("PARIS-2026-01-06", "Paris", "Leaders of the Coalition of the Willing"),
    "S-NEXT-3": ("ADVISERS-2026-01-07", "", "National security advisers"),
}
"""Meetings that were planned on 3 January 2026: id, place where one is stated, who meets."""
LETTERS = {
    "FR-25-RAFALE": "Letter of intent: Rafale fighter aircraft",
    "FR-25-SAMPT": "Letter of intent: SAMP/T air defence systems",
    "SE-GRIPEN": "Letter of intent: Gripen E aircraft",
}


def agreements(facts: Facts) -> Tables:
    """The agreements with day and end, letters of intent, the sums that they name, clauses with triggers."""
    rows = facts["agreements"]
    texts = [_agreement(row) for row in rows if row["kind"] == "agreement"]
    letters = [_letter(row) for row in facts["announcements"] if row["id"] in LETTERS]
    known = {(row["document"], row["amount"]): row for row in facts["clauses"] if row["amount"]}
    sums = [_undertaking(row, known) for row in rows if row["kind"] != "agreement"]
    told = {(row["document"], row["amount"]) for row in sums}
    more = [row for row in facts["clauses"] if row["amount"] and (row["document"], row["amount"]) not in told]
    return {
        "documents": [*texts, *letters],
        "undertakings": [*sums, *more],
        "guarantees": list(facts["guarantees"]),
        "milestones": [
            {name: value for name, value in row.items() if name != "clause"} for row in facts["notice"]
        ],
    }


def _agreement(row: Row) -> Row:
    return {
        "document": row["id"],
        "title": row["what"],
        "parties": f"{row['party']}; UA",
        "kind": "agreement",
        "day": row["day"],
        "in_force": row["period_from"],
        "ends": row["period_to"],
        "address": row["source_address"],
    }


def _letter(row: Row) -> Row:
    return {
        "document": row["id"],
        "title": LETTERS[row["id"]],
        "parties": f"{row['party']}; UA",
        "kind": "memorandum",
        "day": row["day"],
        "address": row["source_address"],
    }


def _undertaking(row: Row, known: Mapping[tuple[str, str], Row]) -> Row:
    clause = row["note"].partition("place in the agreement: ")[2].partition(";")[0]
    own = {
        "undertaking": row["id"],
        "document": row["part_of"],
        "party": row["party"],
        "clause": clause,
        "force": "statement of the past" if row["counts"] in PAST else "",
        "amount": row["amount"],
        "currency": row["currency"],
        "until": row["period_to"],
    }
    read = known.get((row["part_of"], row["amount"]), {})
    return own | {name: read[name] for name in ("clause", "force", "reservation") if read.get(name)}


def meeting(facts: Facts) -> Tables:
    """The meeting of 3 January 2026 as it was reported, and the meetings planned after it."""
    planned = [row for row in facts["session"] if row["id"] in NEXT]
    return {
        "statements": [*facts["meeting-statements"], *map(statement, planned)],
        "sessions": [*facts["sessions"], *map(_planned, planned)],
        "attendance": list(facts["attendance"]),
        "agenda": list(facts["agenda"]),
    }


def _planned(row: Row) -> Row:
    code, town, title = NEXT[row["id"]]
    return {
        "session": code,
        "day": row["period_from"],
        "town": town,
        "title": f"{title} (planned)",
        "address": row["source_address"],
        "source": f"S-{row['id']}",
    }


def sanctions(facts: Facts) -> Tables:
    """The packages of 2025 by regime and day, each with the numbers that sources state of it."""
    rows = facts["sanctions"]
    wholes = [row for row in rows if not row["part_of"]]
    return {
        "documents": [_package(row, [one for one in rows if one["part_of"] == row["id"]]) for row in wholes]
    }


def _package(row: Row, parts: Sequence[Row]) -> Row:
    stated = [one for one in (row, *parts) if one["quantity"] and not one["id"].endswith("VT")]
    # Of two numbers of one unit the first is the whole, or the designations; the other is in the facts.
    numbers = [_number(one) for one in {one["unit"]: one for one in reversed(stated)}.values()][::-1]
    title = f"{row['what'][:1].upper()}{row['what'][1:]}"
    return {
        "document": f"SANCTIONS-{row['id']}",
        "title": f"{title} ({', '.join(numbers)})" if numbers else title,
        "parties": row["party"],
        "kind": "decision",
        "topic": "sanctions",
        "day": row["day"],
        "address": row["source_address"],
    }


def _number(row: Row) -> str:
    unit = {"entity": "entities", "company": "companies"}.get(row["unit"], f"{row['unit']}s")
    return f"{row['quantity']} {row['unit'] if row['quantity'] == '1' else unit}"

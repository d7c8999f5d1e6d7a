"""The tables of the subject agreements."""

import polars as pl

from konvoi.flow.column_types import (
    BEHIND,
    DAY_TYPE,
    EXACT,
    MARKING,
    ORIGIN,
    PLACE,
    TEXT,
    TEXTS,
    WHOLE,
    YES,
    minor,
)
from konvoi.flow.declare import DAY, READER_IS_CELL, Column, Derived, Scope

_DOCUMENT = Column("document", TEXT, "Framework document, otherwise the file of the text")
_CLAUSE = Column("clause", TEXT, "Clause")
_ROUND = Column("round", TEXT, "Round", refers="rounds")
_PARTY = Column("party", TEXT, "Party")

CLAUSES = Derived(
    "clauses",
    "Clauses of texts",
    (
        _CLAUSE,
        Column("kind", TEXT, "Heading, recital, paragraph or point"),
        Column("label", TEXT, "Number as it stands in the text"),
        Column("text", TEXT, "Words, without the number"),
        MARKING,
        *ORIGIN,
        _DOCUMENT,
    ),
    Scope.READER,
)
SUMS = Derived(
    "proposed",
    "Sums named in texts, proposed as obligations",
    (
        _CLAUSE,
        Column("party", TEXT, "Party that takes the obligation; empty: all together"),
        Column("force", TEXT, "Force of the obligation, by the words"),
        Column("reservation", TEXTS, "Reservations of the sentence, then of the document"),
        minor("amount", "Amount"),
        Column("currency", TEXT, "Currency (ISO 4217)"),
        Column("share", EXACT, "Per cent of GDP a year"),
        Column("bound", TEXT, "at least, up to or about"),
        Column("kind", TEXT, "Kind of support, by the words"),
        Column("from", WHOLE, "First year; empty: not stated"),
        Column("until", WHOLE, "Last year"),
        Column("yearly", YES, "Whether it is a sum for each year"),
        minor("part_of", "Larger sum, in the same currency, that contains it"),
        Column("repeats", TEXT, "Clause that names the same sum before"),
        Column("sentence", TEXT, "Sentence"),
        Column(
            "marks",
            pl.List(pl.Struct({"means": pl.String(), "start": pl.Int64(), "end": pl.Int64()})),
            "Meaning of the words between two places of the sentence",
        ),
        *ORIGIN,
        _DOCUMENT,
    ),
    Scope.READER,
)
TERMS = Derived(
    "terms",
    "Final provisions of texts",
    (
        _DOCUMENT,
        Column("point", TEXT, "Point, such as entry into force or notice"),
        _CLAUSE,
        Column("words", TEXT, "Wording"),
        Column("number", WHOLE, "Years of validity, months of notice, or hours"),
        Column("signed", DAY_TYPE, "Day in the words of signature"),
        *ORIGIN,
    ),
    Scope.READER,
)
MILESTONES = Derived(
    "ways",
    "Milestones of framework documents",
    (
        Column("document", TEXT, "Framework document", refers="documents"),
        Column("event", TEXT, "Milestone"),
        Column("requirement", TEXT, "required, not applicable or unknown"),
        Column("day", DAY_TYPE, "Last day on which it was reached; empty: not reached"),
        Column("parties", TEXT, "Parties that reached it, separated by ;"),
        Column("clause", TEXT, "Clause that requires it"),
        *ORIGIN,
    ),
    Scope.READER,
    ("documents", "milestones", "terms"),
    "konvoi.flow.agreements.figures:ways",
    key=("document", "event"),
)
PARALLEL = Derived(
    "sisters",
    "Parallel clauses of texts under one declaration",
    (
        Column("under", TEXT, "Declaration"),
        Column("number", WHOLE, "Number of the group of parallel clauses"),
        Column("at", WHOLE, "Place of the text in the order of signature"),
        _DOCUMENT,
        _CLAUSE,
        Column("said", TEXT, "Same, other words, absent or only here"),
        Column("like", WHOLE, "Similarity to the first text that has the clause, 0 to 100"),
        Column("text", TEXT, "Wording"),
        Column(
            "words",
            pl.List(pl.Struct({"sign": pl.String(), "text": pl.String()})),
            "Differences: = in both, - in the first alone, + here alone",
        ),
        MARKING,
        *ORIGIN,
    ),
    Scope.READER,
    ("clauses", "documents", "parties"),
    "konvoi.flow.agreements.figures:parallel_clauses",
)
LEFT_OUT = Derived(
    "positions_left_out",
    "Positions that could not be read",
    (
        Column("position", TEXT, "Position"),
        Column("round", TEXT, "Round; empty: not known"),
        _PARTY,
        Column("stance", TEXT, "Stance"),
        Column("day", DAY_TYPE, "Day"),
        _CLAUSE,
        Column("amendment", TEXT, "Words of the amendment"),
        MARKING,
        *ORIGIN,
        Column("sender", TEXT, "Sender of the document; empty: not known"),
    ),
    Scope.READER,
)

_ROUNDS = ("rounds", "positions", "documents", "clauses", "positions_left_out", DAY, READER_IS_CELL)

ROUND_CLAUSES = Derived(
    "round_clauses",
    "Clauses of rounds by parties that accept or object",
    (
        _DOCUMENT,
        _ROUND,
        Column("number", WHOLE, "Number of the round"),
        _CLAUSE,
        Column("text", TEXT, "Wording"),
        Column("state", TEXT, "settled, open or waiting"),
        Column("distance", WHOLE, "Parties with an open reservation, amendment or rejection"),
        Column("accepted", WHOLE, "Parties that accept expressly"),
        Column("lifted", WHOLE, "Parties that lifted a reservation"),
        Column("silent", WHOLE, "Parties that accept by silence"),
        Column("unstated", WHOLE, "Parties without a position"),
        Column("unreadable", WHOLE, "Parties without a position of which one could not be read"),
        Column("best", TEXT, "Amendment that closes most open positions"),
        Column("closes", WHOLE, "Open positions that it closes"),
        Column("opens", WHOLE, "Settled positions that it opens"),
        Column("unsaid", WHOLE, "Parties that have not commented on it"),
    ),
    Scope.READER,
    _ROUNDS,
    "konvoi.flow.agreements.figures:round_tables",
    key=("round", "clause"),
)
ROUND_STANDS = Derived(
    "round_stands",
    "Positions of parties by clause and round",
    (
        _DOCUMENT,
        _ROUND,
        _CLAUSE,
        _PARTY,
        Column("stance", TEXT, "Stance; empty: no position"),
        Column("how", TEXT, "expressly, by silence, lifted, unstated or not readable"),
        Column("open", YES, "Whether it keeps the clause open"),
        Column("since", DAY_TYPE, "Day since which it has been open"),
        Column("lifts", DAY_TYPE, "Day by which a reservation is to be lifted"),
        Column("late", WHOLE, "Days since that day"),
        Column("carried", YES, "Whether it comes from an earlier round"),
        Column("positions", TEXTS, "Positions behind it"),
        Column("words", TEXT, "Words of the position"),
        Column("amendment", TEXT, "Words of the amendment"),
        *ORIGIN,
    ),
    Scope.READER,
    _ROUNDS,
    "konvoi.flow.agreements.figures:round_tables",
    key=("round", "clause", "party"),
    sources=("positions",),
)
JOINTS = Derived(
    "joints",
    "Obligations, line items and framework contracts from stage to stage",
    (
        Column("level", TEXT, "line, undertaking or framework"),
        Column("record", TEXT, "Line item, obligation or contract"),
        Column("route", TEXT, "Delivery channel"),
        Column("party", TEXT, "Partner"),
        Column("from", TEXT, "Stage before"),
        Column("to", TEXT, "Stage after"),
        Column("had", EXACT, "Quantity at the stage before"),
        Column("came", EXACT, "Quantity at the stage after"),
        Column("unit", TEXT, "Unit of the quantities"),
        minor("had_minor", "Amount at the stage before"),
        minor("came_minor", "Amount at the stage after"),
        Column("currency", TEXT, "Currency (ISO 4217)"),
        Column("state", TEXT, "met, open, above or not known"),
        BEHIND,
        *PLACE,
    ),
    Scope.READER,
    (
        *("entries", "owners", "relations", "submissions"),
        *("undertakings", "allocations", "contracts", "call_offs", "goods"),
    ),
    "konvoi.flow.agreements.figures:joints_of",
    sources=("behind",),
)

SIGNATURES = Derived(
    "signatures",
    "Signature record of framework documents",
    (
        Column("document", TEXT, "Framework document", refers="documents"),
        _PARTY,
        Column("state", TEXT, "signed, not signed or consent outstanding"),
        Column("day", DAY_TYPE, "Day of signature"),
        Column("signatory", TEXT, "Signatory"),
        Column("office", TEXT, "Office in which the person signs"),
        Column("full_powers", TEXT, "produced, not required or not produced"),
        Column("place", TEXT, "Place of signature"),
        Column("languages", TEXT, "Languages of the text"),
        Column("depositary", TEXT, "Depositary"),
        Column("approval", TEXT, "Approval or ratification: required, not applicable or unknown"),
        Column("body", TEXT, "Body that approves or ratifies"),
        Column("approved", DAY_TYPE, "Day of approval or ratification"),
        Column("missing", TEXTS, "Points of the record that are not reported"),
        MARKING,
        *ORIGIN,
    ),
    Scope.READER,
    ("documents", "milestones", "ways"),
    "konvoi.flow.agreements.figures:signature_record",
    key=("document", "party"),
)
GUARANTEES_ON = Derived(
    "guarantees_in_force",
    "Consultation and guarantee clauses with their triggers",
    (
        Column("guarantee", TEXT, "Clause, by its id", refers="guarantees"),
        Column("document", TEXT, "Framework document", refers="documents"),
        _CLAUSE,
        Column("kind", TEXT, "consultation, assistance, guarantee or suspension"),
        Column("trigger", TEXT, "Trigger"),
        Column("trigger_de", TEXT, "Trigger in German"),
        Column("trigger_uk", TEXT, "Trigger in Ukrainian"),
        Column("who", TEXT, "Parties that act, separated by ;"),
        Column("whom", TEXT, "Parties to which they answer, separated by ;"),
        Column("hours", WHOLE, "Hours within which they act; empty: not stated", unit="h"),
        Column("on_request", YES, "Whether a party must ask for it"),
        Column("state", TEXT, "in force, not in force yet, ended or not known"),
        Column("ends", DAY_TYPE, "Last day of the document"),
        Column("address", TEXT, "Address of the source"),
        MARKING,
        *ORIGIN,
    ),
    Scope.READER,
    ("guarantees", "documents", DAY),
    "konvoi.flow.agreements.figures:guarantees_of_day",
    key=("guarantee",),
)

TABLES = (
    *(SIGNATURES, GUARANTEES_ON),
    *(CLAUSES, SUMS, TERMS, MILESTONES, PARALLEL),
    *(LEFT_OUT, ROUND_CLAUSES, ROUND_STANDS, JOINTS),
)
"""All tables of this subject."""

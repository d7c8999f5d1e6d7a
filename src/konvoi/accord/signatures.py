"""Signature record of framework documents: who signed, with which powers, what is still to be approved."""

from collections.abc import Iterator, Mapping, Sequence

import polars as pl

from konvoi.model.tables.milestones import REQUIRED

Row = Mapping[str, object]

SIGNED, NOT_SIGNED, NOT_APPROVED = STATES = ("signed", "not signed", "consent outstanding")
_APPROVED = ("approved", "ratified")
_OF_SIGNATURE = ("signatory", "office", "full_powers", "place")

SIGNATURES = pl.Schema(
    {
        "document": pl.String(),
        "party": pl.String(),
        "state": pl.String(),
        "day": pl.Date(),
        "signatory": pl.String(),
        "office": pl.String(),
        "full_powers": pl.String(),
        "place": pl.String(),
        "languages": pl.String(),
        "depositary": pl.String(),
        "approval": pl.String(),
        "body": pl.String(),
        "approved": pl.Date(),
        "missing": pl.List(pl.String()),
        "marking": pl.String(),
        "_file": pl.String(),
        "_sheet": pl.String(),
        "_row": pl.Int64(),
    }
)
"""One row for each document and party. approval: required, not applicable or unknown. body, approved: who
approved it last, and when. missing: columns of a signature that nobody reported."""


def signatures(documents: pl.DataFrame, milestones: pl.DataFrame, ways: pl.DataFrame) -> pl.DataFrame:
    """Return the record of each party's signature, by document and party (SIGNATURES).

    A document whose day is stated is signed by all its parties, unless a milestone says otherwise. A
    milestone without a party is all parties' own.
    """
    marks = milestones.to_dicts()
    needs = {(row["document"], row["event"]): row["requirement"] for row in ways.iter_rows(named=True)}
    rows: list[Row] = []
    for document in documents.sort("document").iter_rows(named=True):
        own = [row for row in marks if row["document"] == document["document"]]
        parties = [one.strip() for one in str(document["parties"] or "").split(";") if one.strip()]
        signing = [str(row["party"]) for row in own if row["event"] == "signed" and row["party"]]
        rows += [_row(document, party, own, needs) for party in sorted({*parties, *signing})]
    return pl.DataFrame(rows, schema=SIGNATURES)


def _row(document: Row, party: str, own: Sequence[Row], needs: Mapping[tuple[object, object], object]) -> Row:
    signed = next(_of(own, party, "signed"), {})
    day = signed.get("day") if signed else document["day"]
    approvals = [row for event in _APPROVED for row in _of(own, party, event)]
    done = max((row for row in approvals if row["day"]), key=lambda row: str(row["day"]), default={})
    stated = [str(row["requirement"]) for row in approvals if row["requirement"]]
    required = [str(needs.get((document["document"], event)) or "unknown") for event in _APPROVED]
    approval = stated[-1] if stated else REQUIRED if REQUIRED in required else required[0]
    found = {name: signed.get(name) for name in _OF_SIGNATURE}
    found |= {"languages": document["language"], "depositary": document["depositary"]}
    open_ = approval == REQUIRED and not done
    body = done.get("body") or next((row["body"] for row in approvals if row["body"]), None)
    return {
        "document": document["document"],
        "party": party,
        "state": NOT_SIGNED if day is None else NOT_APPROVED if open_ else SIGNED,
        "day": day,
        **found,
        "approval": approval,
        "body": body,
        "approved": done.get("day"),
        "missing": [name for name, value in found.items() if not value] if day else [],
        **{name: document[name] for name in ("marking", "_file", "_sheet", "_row")},
    }


def _of(rows: Sequence[Row], party: str, event: str) -> Iterator[Row]:
    """Yield the milestones of a party, its own before those of all together."""
    own = [row for row in rows if row["event"] == event and row["party"] in (party, None)]
    yield from sorted(own, key=lambda row: row["party"] is None)

"""Small projects with their money, principles and attestations, said in as few words as a test needs."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

import polars as pl
from tests.accord.talks import tables

from konvoi.fund.principle import Answer, Asked, Principle
from konvoi.model.oc4ids import PROJECT_FACTS

Row = dict[str, object]
Rows = Sequence[Row]

DAY = date(2031, 3, 3)
SENDERS = {"a.xlsx": "XV"}
"""Velmora hands in all that stands in a.xlsx, where tables() puts it."""
DECIDED: Row = {"decision": "D", "session": "S", "words": "All is tendered.", "state": "adopted"}
SAID: Row = {"statement": "SAID", "party": "XV", "day": DAY, "class": "official"}


def project(id: str = "P", **more: object) -> Row:
    """A project under way in a community of its own oblast."""
    own = {"project": id, "title": f"School {id}", "stage": "under way", "owner": "XV", "currency": "EUR"}
    return {**own, "communities": "XV01010", "cost": 1000, **more}


def money(stage: str, amount: int | None, project: str = "P", **more: object) -> Row:
    """A row of financing; amount in cents."""
    id = f"{project}-{stage}-{amount}-{more.get('record', '')}-{more.get('day', '')}"
    currency = "EUR" if amount is not None else None
    own = {"financing": id, "project": project, "party": "XA", "stage": stage, "amount": amount}
    return {**own, "currency": currency, **more}


def principle(name: str, threshold: int | None = None, **more: object) -> Row:
    """A principle that decision D adopted."""
    number = None if threshold is None else Decimal(threshold)
    return {"principle": name, "decision": "D", "threshold": number, "attested_by": "XV", **more}


def attested(name: str, verdict: str | None = "met", project: str = "P", **more: object) -> Row:
    """An attestation of Velmora."""
    own = {"attestation": f"{project} {name} {more.get('day', '')}", "project": project, "principle": name}
    return {**own, "party": "XV", "day": DAY, "verdict": verdict, **more}


def fact(path: str, value: object, project: str = "P", **more: object) -> Row:
    """A fact of OC4IDS."""
    place = {"_file": "b.json", "_sheet": "projects", "_row": 1}
    return {"project": project, "path": path, "value": str(value), **place, **more}


def facts(*rows: Row) -> pl.DataFrame:
    """Facts as a frame."""
    return pl.DataFrame(list(rows), schema=PROJECT_FACTS)


def rebuilt(*told: Row, **more: Rows) -> Mapping[str, pl.DataFrame]:
    """Tables with one decision and one statement to cite; told: facts of OC4IDS; more: rows of tables."""
    usual: dict[str, Rows] = {"projects": [project()], "decisions": [DECIDED], "statements": [SAID]}
    found = tables(**{**usual, **more})
    return {**found, "project_facts": facts(*told)} if told else found


def asked(*told: Row, threshold: int | None = 1, **more: object) -> Asked:
    """A project that a principle is asked of, as a principle sees it."""
    own = facts(*told).to_dicts()
    number = None if threshold is None else Decimal(threshold)
    known: dict[str, object] = {"facts": own, "threshold": number, **more}
    return Asked(project(), DAY, **known)  # type: ignore[arg-type]


def said(member: Principle, *told: Row, threshold: int | None = 1, **more: object) -> tuple[str, str]:
    """The verdict and what was found."""
    found: Answer = member.answer(asked(*told, threshold=threshold, **more))
    return found.verdict, found.value

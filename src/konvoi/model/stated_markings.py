"""Markings and count modes that a party states anew for its records, as the facts of a reading hold them."""

import json
from collections.abc import Mapping
from dataclasses import astuple, dataclass

FACT = "stated_markings"


@dataclass(frozen=True, order=True)
class StatedMarking:
    """A marking and a count mode of the record of a table; each empty where it is not stated."""

    table: str
    record: str
    marking: str = ""
    count_mode: str = ""


@dataclass(frozen=True)
class StatedMarkings:
    """Statements of one document. documents: digests of the documents whose markings they replace; in any
    other the narrower of both holds.
    """

    records: tuple[StatedMarking, ...] = ()
    documents: frozenset[str] = frozenset()


def as_fact(stated: StatedMarkings) -> str:
    """Return statements as one text."""
    values = {"records": [astuple(one) for one in stated.records], "documents": sorted(stated.documents)}
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def stated_in(facts: Mapping[str, str]) -> StatedMarkings:
    """Return the statements among the facts of a reading.

    >>> stated_in({FACT: as_fact(StatedMarkings((StatedMarking("packages", "XA-1", "own"),)))}).records
    (StatedMarking(table='packages', record='XA-1', marking='own', count_mode=''),)
    """
    if FACT not in facts:
        return StatedMarkings()
    values = json.loads(facts[FACT])
    return StatedMarkings(
        tuple(StatedMarking(*one) for one in values["records"]), frozenset(values["documents"])
    )

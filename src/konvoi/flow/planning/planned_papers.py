"""The papers of what a plan means to send, to be handed in once it has left."""

from collections.abc import Mapping

import polars as pl

from konvoi.model.paper import Actor, Paper, PaperLine
from konvoi.model.stages import Stage

Tables = Mapping[str, pl.DataFrame]


def planned(
    movements: pl.DataFrame, legs: pl.DataFrame, tables: Tables, *, recipient: str = ""
) -> tuple[Paper, ...]:
    """One paper for each movement of a plan, marked as planned; sorted by the movements' ids.

    legs: of these movements. tables: those of the problem that the plan solves. recipient: who receives where
    a need does not say.
    """
    offers, needs, goods = (_by(tables, name, key) for name, key in _KEYS)
    ends = _ends(legs)
    names = _by(tables, "parties", "party")
    found = []
    for row in movements.sort("movement").iter_rows(named=True):
        offer = offers.get(row["offer"], {})
        need = needs.get(row["need"], {})
        good = goods.get(row["good"], {})
        id = str(row["movement"])
        first, last = ends.get(id, ("", ""))
        line = PaperLine(
            id=id,
            good=str(row["good"]),
            name=str(good.get("name") or ""),
            quantity=row["quantity"],
            unit=str(good.get("unit") or ""),
            line=str(offer.get("line") or ""),
        )
        paper = Paper(
            stage=Stage.DISPATCHED,
            number=id,
            day=row["departs"],
            sender=_actor(str(offer.get("party") or row["supplier"] or ""), names),
            receiver=_actor(str(need.get("recipient") or recipient), names),
            origin=first or str(offer.get("site") or ""),
            destination=last or str(need.get("site") or ""),
            lines=(line,),
            planned=True,
        )
        found.append(paper)
    return tuple(found)


_KEYS = (("offers", "offer"), ("needs", "need"), ("goods", "good"))


def _by(tables: Tables, name: str, key: str) -> dict[str, dict[str, object]]:
    rows = tables.get(name)
    return {} if rows is None else {str(row[key]): row for row in rows.iter_rows(named=True)}


def _ends(legs: pl.DataFrame) -> dict[str, tuple[str, str]]:
    """Return the first and last place of each movement."""
    found = legs.sort("movement", "leg").group_by("movement", maintain_order=True)
    return {row[0]: (row[1], row[2]) for row in found.agg(pl.col("from").first(), pl.col("to").last()).rows()}


def _actor(id: str, names: Mapping[str, Mapping[str, object]]) -> Actor:
    return Actor(id, str(names.get(id, {}).get("name") or ""))

"""Supplements that an offer needs to be usable, and the number of types that serve one purpose."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

import polars as pl

from konvoi.model.table import QUANTITY

Tables = Mapping[str, pl.DataFrame]
Row = dict[str, Any]

OFFER_KITS = pl.Schema(
    {
        "offer": pl.String(),
        "party": pl.String(),
        "kit": pl.String(),
        "need": pl.String(),
        "component": pl.String(),
        "good": pl.String(),
        "site": pl.String(),
        "due": pl.Date(),
        "wanted": QUANTITY,
        "offered": QUANTITY,
        "missing": QUANTITY,
    }
)
"""One line for each offer, kit that it would be part of, and other component of the kit.

wanted: how much of the component the offered units want, in the component's unit; offered: what accepted
offers hold of it by its last useful day; missing: the rest."""

VARIETY = pl.Schema(
    {
        "good": pl.String(),
        "types": pl.Int64(),
        "goods": pl.String(),
        "tail": pl.Int64(),
        "beside": pl.String(),
        "offers": pl.Int64(),
    }
)
"""One line for each good that is needed and offered.

types: how many goods serve it, `goods` names them. tail: how many further goods they want beside them
(components of kits, spares, training), `beside` names them."""

_ACCEPTED = ("accepted", "accepted in part")
_BESIDE = ("spares", "training")


class _Offered(NamedTuple):
    """An offer, and the units of need that one of its units serves."""

    offer: Row
    ratio: Decimal


class _Component(NamedTuple):
    """One part of a kit, and all parts of it."""

    kit: str
    part: Row
    parts: list[Row]


def offer_kits(tables: Tables) -> pl.DataFrame:
    """Return the supplements that each offer needs to be usable (OFFER_KITS)."""
    needs = {row["need"]: row for row in _rows(tables, "needs")}
    kits: dict[str, list[Row]] = defaultdict(list)
    for row in _rows(tables, "kits"):
        if row["need"] in needs and row["per_kit"] and row["per_kit"] > 0:
            kits[row["kit"]].append(row)
    serving = _serving(tables, (*_ACCEPTED, "made"))
    accepted = _serving(tables, _ACCEPTED)
    there = {
        name: _there(accepted, needs[name])
        for name in {row["need"] for rows in kits.values() for row in rows}
    }
    lines = [
        line
        for kit, parts in sorted(kits.items())
        for part in parts
        for offered in serving.get(needs[part["need"]]["good"], ())
        for line in _others(offered, _Component(kit, part, parts), needs, there)
    ]
    return pl.DataFrame(lines, schema=OFFER_KITS).sort("offer", "kit", "need", "component")


def _others(
    offered: _Offered, kit: _Component, needs: Mapping[str, Row], there: Mapping[str, Decimal]
) -> Iterator[Row]:
    """Yield the other components of a kit. there: the amount in accepted offers, by need."""
    offer = offered.offer
    part = kit.part
    whole = offer["quantity"] * offered.ratio / part["per_kit"]
    for other in kit.parts:
        if other["need"] == part["need"]:
            continue
        need = needs[other["need"]]
        wanted = min(_exact(whole * other["per_kit"]), need["quantity"])
        held = there[other["need"]]
        yield {
            "offer": offer["offer"],
            "party": offer["party"],
            "kit": kit.kit,
            "need": part["need"],
            "component": other["need"],
            "good": need["good"],
            "site": need["site"],
            "due": need["due"],
            "wanted": wanted,
            "offered": min(held, wanted),
            "missing": max(Decimal(0), wanted - held),
        }


def _there(accepted: Mapping[str, list[_Offered]], need: Row) -> Decimal:
    """Return the amount in accepted offers for a need by its last useful day, in units of the need."""
    last = need["last_useful"] or need["due"]
    held = Decimal(0)
    for offer, ratio in accepted.get(need["good"], ()):
        if (offer["ready"] or date.min) <= last:
            held += offer["quantity"] * ratio
    return _exact(held)


def _serving(tables: Tables, states: tuple[str, ...]) -> dict[str, list[_Offered]]:
    """Return, by needed good, the offers in these states that serve it."""
    serves: dict[str, list[tuple[str, Decimal]]] = defaultdict(list)
    for (good, needed), ratio in _ratios(tables).items():
        serves[good].append((needed, ratio))
    found: dict[str, list[_Offered]] = defaultdict(list)
    for offer in _offers(tables, states):
        for needed, ratio in serves[offer["good"]]:
            found[needed].append(_Offered(offer, ratio))
    return found


def variety(tables: Tables) -> pl.DataFrame:
    """Return the number of types that serve each needed good, and their supplements (VARIETY)."""
    ratios = _ratios(tables)
    beside = _beside(tables, ratios)
    accepted = _serving(tables, _ACCEPTED)
    rows = []
    for needed in sorted({row["good"] for row in _rows(tables, "needs")}):
        offers = [one.offer for one in accepted.get(needed, ())]
        goods = sorted({one["good"] for one in offers})
        tail = sorted({name for good in goods for name in beside.get(good, ())} - set(goods))
        if goods:
            rows.append(
                {
                    "good": needed,
                    "types": len(goods),
                    "goods": ";".join(goods),
                    "tail": len(tail),
                    "beside": ";".join(tail),
                    "offers": len(offers),
                }
            )
    return pl.DataFrame(rows, schema=VARIETY)


def _beside(tables: Tables, ratios: Mapping[tuple[str, str], Decimal]) -> dict[str, set[str]]:
    """Return the supplements of each good: the rest of its kits, spares and training by standards."""
    goods_of = {row["need"]: row["good"] for row in _rows(tables, "needs")}
    kits: dict[str, set[str]] = defaultdict(set)
    for row in _rows(tables, "kits"):
        if row["need"] in goods_of:
            kits[row["kit"]].add(goods_of[row["need"]])
    found: dict[str, set[str]] = defaultdict(set)
    for good, serves in ratios:
        for parts in kits.values():
            if serves in parts:
                found[good] |= parts - {serves, good}
    for row in _rows(tables, "standards"):
        if row["requirement"] in _BESIDE:
            found[row["good"]] |= {one.strip() for one in row["value"].split(";") if one.strip()}
    return found


def _ratios(tables: Tables) -> dict[tuple[str, str], Decimal]:
    """Units of a good served by one unit of another; a good serves itself one to one."""
    goods = {
        row["good"] for row in (*_rows(tables, "goods"), *_rows(tables, "needs"), *_rows(tables, "offers"))
    }
    swaps = {(r["good"], r["serves"]): r["ratio"] for r in _rows(tables, "equivalences") if r["ratio"]}
    return {pair: ratio for pair, ratio in swaps.items() if ratio > 0} | {
        (good, good): Decimal(1) for good in sorted(goods)
    }


def _offers(tables: Tables, states: tuple[str, ...]) -> list[Row]:
    rows = [r for r in _rows(tables, "offers") if (r["state"] or "accepted") in states and r["quantity"]]
    return sorted(rows, key=lambda row: str(row["offer"]))


def _exact(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.000001"))


def _rows(tables: Tables, name: str) -> list[Row]:
    frame = tables.get(name)
    return [] if frame is None else frame.to_dicts()

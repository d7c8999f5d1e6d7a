"""Shares of joint packages by wording or sums alone, beyond konvoi.reconcile.joint_packages."""

from collections.abc import Iterator

import polars as pl

from konvoi.reconcile.duplicates import answers as a
from konvoi.reconcile.duplicates import conditions as c
from konvoi.reconcile.duplicates import pairs as p
from konvoi.reconcile.relation import Evidence, Found, proposals
from konvoi.reconcile.shares import selections
from konvoi.reconcile.statement import JOINT

SUBTYPE = "joint-share"
_WINDOW = 60
_TWO = 2
_NEAREST = 4
_OFF = 0.002
_WAYS = 3
_LEAST = 2


def joint_shares(evidence: Evidence, known: pl.Series) -> Found:
    """Propose what a participant of a joint package states as part of the whole that another party states.

    The whole names its participants in a table, or in a title that calls it joint. A part is smaller,
    near in time and of the same content; of another content only if the participants' amounts, one each,
    make up the whole in few ways. Amounts and quantities of lines alike. known: ids of wholes whose parts are
    known already.
    """
    near = _near(evidence).filter(~pl.col("id").is_in(known.implode()))
    sums = list(_in_sums(near))
    pairs = pl.DataFrame(sums, schema={"id": pl.String, "id_later": pl.String}, orient="row")
    content = c.same_title() | c.same_good() | (c.words_shared() >= 0.5) | c.one_content()
    made_up = pl.col("_sum").fill_null(False)
    found = near.join(pairs.with_columns(_sum=True), on=["id", "id_later"], how="left").filter(
        content | made_up, ~c.other_good()
    )
    says = (
        pl.when(made_up)
        .then(pl.lit("the parts make up the whole"))
        .otherwise(pl.lit("the parts do not make up the whole"))
    )
    participants = a.Answer("participants", pl.lit("issued by a named participant"))
    rows = found.select(
        left="id_later",
        right="id",
        subtype=pl.lit(SUBTYPE),
        probability=pl.when(made_up).then(0.6).otherwise(0.2),
        evidence=a.told(found, [participants, a.Answer("sum of the parts", says), a.title(), a.distance()]),
    )
    return proposals(rows, "part_of")


def _near(evidence: Evidence) -> pl.DataFrame:
    """Wholes with the smaller statements of their participants, the nearest in time of each."""
    unique = list(evidence.policy.unique)
    table = evidence.statements.filter(~pl.col("variant").is_in(unique).fill_null(False))
    several = pl.col("members").list.len() >= _TWO
    wholes = table.filter(
        (pl.col("lead") == JOINT).fill_null(False) | (pl.col("stated_members") & several),
        (pl.col("members").list.len() > 0) & ~pl.col("share"),
    ).with_columns(_of=pl.concat_list("members", pl.concat_list("party")))
    smaller = (c.same_money() & (pl.col("value_later") < pl.col("value") * (1 - _OFF))) | (
        c.same_unit() & (pl.col("quantity_later") < pl.col("quantity"))
    )
    met = p.beside_all(
        wholes.explode("_of"),
        table.filter(pl.col("lead").is_null()).with_columns(_of="party"),
        ("level", "_of"),
        days=(_WINDOW, _WINDOW),
        where=smaller,
        most=_NEAREST * 20,
        table=table,
        ordered=False,
    )
    return met.filter(
        c.apart(unique),
        ~c.differ("place") & ~c.differ("numbered"),
        pl.int_range(pl.len()).over("id", "party_later") < _NEAREST,
    )


def _in_sums(near: pl.DataFrame) -> Iterator[tuple[str, str]]:
    """Pairs of a whole and a part, where parts of two or more participants, one each, make up the whole."""
    for (whole,), rows in near.sort("id", "party_later", "id_later").group_by("id", maintain_order=True):
        money = rows["value"][0] is not None
        figure = "value" if money else "quantity"
        known = rows.filter(pl.col(f"{figure}_later") > 0)
        members = [some for _, some in known.group_by("party_later", maintain_order=True)]
        total = rows[figure][0]
        if total is None or len(members) < _LEAST:
            continue
        lists = [[round(one * 1000) for one in some[f"{figure}_later"]] for some in members]
        low = round(total * (1 - _OFF) * 1000)
        high = round(total * (1 + _OFF) * 1000)
        ways = selections(lists, low, high).ways
        for way in ways if len(ways) <= _WAYS else ():
            for some, place in zip(members, way, strict=True):
                if place is not None:
                    yield str(whole), str(some["id_later"][place])

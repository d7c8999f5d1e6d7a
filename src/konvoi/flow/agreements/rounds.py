"""Drafts in their rounds with the positions of parties, and parallel texts side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from konvoi.accord import distance
from konvoi.accord.clause_positions import Heard, heard
from konvoi.accord.distance import clauses, stands
from konvoi.accord.parallel_texts import SIDE, Text, side_by_side
from konvoi.accord.rounds import Round, is_named, rounds, standing_round, text_names
from konvoi.accord.steps import Tables, table
from konvoi.model.party import LANGUAGES, party_name

_ORIGIN = {"marking": pl.String(), "_file": pl.String(), "_sheet": pl.String(), "_row": pl.Int64()}


@dataclass(frozen=True)
class Rounds:
    """All rounds by document, and what parties say in those that have begun."""

    held: Mapping[str, tuple[Round, ...]]
    said: Mapping[str, Sequence[Heard]]


SISTERS = pl.Schema({"under": pl.String(), **SIDE, **_ORIGIN})
"""Sister texts (accord.family.SIDE) with the declaration that they were made under, and their place."""


def heard_rounds(tables: Tables, day: date, left: pl.DataFrame, *, silence: bool) -> Rounds:
    """Return the rounds that have begun on a day with the positions of their parties, by document.

    left: positions that could not be read. silence: whether a party without a position can accept by silence.
    For a reader other than the coordination cell it cannot: its position may be hidden. What goes on from a
    round into the next is the same for all readers: the rule of the round decides it.
    """
    held = rounds(tables, texts(tables))
    if not silence:
        held = {name: tuple(replace(one, silence_known=False) for one in own) for name, own in held.items()}
    begun = {name: own[: standing_round(own, day).number] for name, own in held.items()}
    positions = table(tables, "positions")
    return Rounds(held, {name: heard(own, positions, day, left) for name, own in begun.items()})


def drawn(said: Sequence[Heard], day: date) -> dict[str, pl.DataFrame]:
    """Return the tables drawn from rounds, by name."""
    return {
        "round_clauses": pl.concat([pl.DataFrame(schema=distance.CLAUSES), *map(clauses, said)]),
        "round_stands": pl.concat(
            [pl.DataFrame(schema=distance.STANDS), *(stands(one, day) for one in said)]
        ),
    }


def texts(tables: Tables) -> dict[str, pl.DataFrame]:
    """Return the clauses of each round's text, by round; a round whose text was not submitted is left out."""
    every = tables.get("clauses")
    if every is None:
        return {}
    files = dict(every.select("_file", "document").unique().sort("_file").iter_rows())
    found: dict[str, pl.DataFrame] = {}
    for one, name in text_names(tables).items():
        meant = [file for file, document in files.items() if is_named(file, name) or document == name]
        if meant:
            found[one] = every.filter(pl.col("_file") == meant[-1])
    return found


def sisters(tables: Tables) -> pl.DataFrame:
    """Return SISTERS: the texts under each declaration side by side, by day of signature."""
    every = tables.get("clauses")
    documents = table(tables, "documents")
    families = documents.filter(pl.col("under").is_not_null()).sort("day", "document", nulls_last=True)
    if every is None or families.is_empty():
        return pl.DataFrame(schema=SISTERS)
    parts = [pl.DataFrame(schema=SISTERS)]
    for under in families["under"].unique(maintain_order=True):
        rows = families.filter(pl.col("under") == under).to_dicts()
        own = [_text(row, every, tables) for row in rows]
        known = [one for one in own if one.clauses.height]
        if known:
            parts.append(_placed(side_by_side(known), str(under), every))
    return pl.concat(parts)


def _text(row: Mapping[str, object], every: pl.DataFrame, tables: Tables) -> Text:
    """The text of a document; where several files hold it, the last by name."""
    own = every.filter(pl.col("document") == row["document"])
    last = own.filter(pl.col("_file").eq_missing(own["_file"].max()))
    parties = [one.strip() for one in str(row["parties"] or "").split(";")]
    return Text(str(row["document"]), last, tuple(name for one in parties for name in _names(one, tables)))


def _names(party: str, tables: Tables) -> list[str]:
    """Return the names of a party, in all languages."""
    found = [party_name(party, language) for language in LANGUAGES]
    for row in table(tables, "parties").filter(pl.col("party") == party).iter_rows(named=True):
        found += [str(row[name] or "") for name in ("name", "name_de", "name_uk")]
        found += [one.strip() for one in str(row["aliases"] or "").split(";")]
    return found


def _placed(side: pl.DataFrame, under: str, every: pl.DataFrame) -> pl.DataFrame:
    key = ["document", "clause"]
    place = every.select(*key, *_ORIGIN).sort("_file").unique(key, keep="last", maintain_order=True)
    joined = side.join(place, on=key, how="left", maintain_order="left")
    return joined.with_columns(under=pl.lit(under)).select(SISTERS.names())


def named_round(held: tuple[Round, ...], name: str) -> Round | None:
    """The round of a document that a number or an id means."""
    return next((one for one in held if name in (one.name, str(one.number))), None)

"""Drafts in their rounds and sister texts of a workspace: what parties say to them, and what contradicts."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import polars as pl

from konvoi.accord import distance
from konvoi.accord.distance import clauses, stands
from konvoi.accord.family import SIDE, Text, side_by_side
from konvoi.accord.misplaced import faults
from konvoi.accord.rounds import Round, Row, is_named, rounds, standing_round, text_names
from konvoi.accord.stances import Heard, heard
from konvoi.accord.steps import Tables, table
from konvoi.accord.unheard import UNHEARD
from konvoi.flow.gathered import Gathered
from konvoi.intake.join import newer
from konvoi.model.left_out import LEFT_OUT as LEFT_OUT_ROW
from konvoi.model.left_out import left_out
from konvoi.model.party import LANGUAGES, party_name

Age = tuple[str, tuple[str | int, ...], tuple[str | int, ...]]
_ORIGIN = {"marking": pl.String(), "_file": pl.String(), "_sheet": pl.String(), "_row": pl.Int64()}
SISTERS = pl.Schema({"under": pl.String(), **SIDE, **_ORIGIN})
"""Sister texts (accord.family.SIDE) with the declaration that they were made under, and their place."""
LEFT_OUT = "positions_left_out"
"""The table of positions that could not be read (konvoi.accord.unheard.UNHEARD)."""


def with_rounds(whole: Gathered, day: date | None, *, silence: bool = True) -> Gathered:
    """The same with the findings on rounds and positions and, on a day, what is drawn of them.

    Drawn are `round_clauses` (konvoi.accord.distance.CLAUSES) and `round_stands` (STANDS) of each round that
    has begun, `positions_left_out` and `sisters` (SISTERS). Where nobody handed in rounds, positions or
    sister texts, nothing is added. silence: whether a party without a position can accept by silence. For a
    reader other than the coordination cell it cannot: its position may be hidden.
    """
    tables = {**whole.tables, **sisters(whole.tables)}
    if day is None or not {"rounds", "positions"} & whole.tables.keys():
        return replace(whole, tables=tables)
    tables |= {LEFT_OUT: _left_out(whole)}
    held = rounds(whole.tables, texts(whole.tables))
    if not silence:
        held = {name: tuple(replace(one, silence_accepts=False) for one in own) for name, own in held.items()}
    begun = {name: own[: standing_round(own, day).number] for name, own in held.items()}
    positions = table(whole.tables, "positions")
    said = {name: heard(own, positions, day, tables[LEFT_OUT]) for name, own in begun.items()}
    told = faults(whole.tables, held, said, day=day)
    tables |= drawn([one for own in said.values() for one in own], day)
    return replace(whole, tables=tables, findings=(*whole.findings, *told))


def _left_out(whole: Gathered) -> pl.DataFrame:
    """The positions of documents in force that were left out and not mended in a later document."""
    force = dict(whole.documents.filter("in_force").select("name", "party").iter_rows())
    days = dict(whole.documents.select("name", "known_on").iter_rows())
    ages = {one.document: newer(one, days.get(one.document)) for one in whole.readings}
    stands = {row["position"]: row for row in table(whole.tables, "positions").iter_rows(named=True)}
    rows = [
        {**row, "sender": force[row["_file"]] or None}
        for row in left_out(whole.findings).iter_rows(named=True)
        if row["_file"] in force and not _mended(row, stands.get(row["position"]), ages)
    ]
    # A position of a round that nobody handed in may be of any.
    known = table(whole.tables, "rounds")["round"].implode()
    lost = table(whole.tables, "positions").filter(~pl.col("round").is_in(known))
    rows += [{**row, "round": None, "sender": None} for row in lost.select(LEFT_OUT_ROW.names()).to_dicts()]
    return pl.DataFrame(rows, schema=UNHEARD)


def _mended(row: Row, stands: Row | None, ages: Mapping[str, Age]) -> bool:
    """Whether the position that stands under its reference says the same, or is its party's later word."""
    if stands is None or stands["party"] != (row["party"] or stands["party"]):
        return False
    if all(stands[name] == row[name] for name in ("round", "stance", "clause")):
        return True
    mine, other = str(row["_file"]), str(stands["_file"])
    return mine != other and ages[mine] < ages[other]


def drawn(said: Sequence[Heard], day: date) -> dict[str, pl.DataFrame]:
    """What is drawn of rounds, by name."""
    return {
        "round_clauses": pl.concat([pl.DataFrame(schema=distance.CLAUSES), *map(clauses, said)]),
        "round_stands": pl.concat(
            [pl.DataFrame(schema=distance.STANDS), *(stands(one, day) for one in said)]
        ),
    }


def texts(tables: Tables) -> dict[str, pl.DataFrame]:
    """The clauses of each round's text, by round; a round whose text nobody handed in is left out."""
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


def sisters(tables: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """The table `sisters`: the texts under each declaration side by side, by day of signature."""
    every, documents = tables.get("clauses"), table(tables, "documents")
    families = documents.filter(pl.col("under").is_not_null()).sort("day", "document", nulls_last=True)
    if every is None or families.is_empty():
        return {}
    parts = [pl.DataFrame(schema=SISTERS)]
    for under in families["under"].unique(maintain_order=True):
        rows = families.filter(pl.col("under") == under).to_dicts()
        own = [_text(row, every, tables) for row in rows]
        known = [one for one in own if one.clauses.height]
        if known:
            parts.append(_placed(side_by_side(known), str(under), every))
    return {"sisters": pl.concat(parts)}


def _text(row: Mapping[str, object], every: pl.DataFrame, tables: Tables) -> Text:
    """The text of a document; where several files hold it, the last by name."""
    own = every.filter(pl.col("document") == row["document"])
    last = own.filter(pl.col("_file").eq_missing(own["_file"].max()))
    parties = [one.strip() for one in str(row["parties"] or "").split(";")]
    return Text(str(row["document"]), last, tuple(name for one in parties for name in _names(one, tables)))


def _names(party: str, tables: Tables) -> list[str]:
    """What a party is called, in all languages."""
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

"""Tables that were drawn from others, as far as all that they rest on may be seen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

Tables = Mapping[str, pl.DataFrame]
Row = Mapping[str, object]

_PAPERS = (("movements", "movement"), ("movements", "waybill"), ("receipts", "receipt"))


def seen_drawn(every: Tables, shown: Tables) -> dict[str, pl.DataFrame]:
    """The shown tables; of kits, consignments, pieces, and offers held against standards only whole ones.

    What needs were met with is shown where the needs and its papers are.

    every: the tables before anything was hidden.
    """
    found = dict(shown)
    if "kits" in shown:
        found["kits"] = _whole_kits(every, shown)
    hidden = unseen_papers(every, shown)
    if "consignments" in shown:
        found["consignments"] = shown["consignments"].filter(_free(hidden, "despatches", "receipts"))
    if "met" in shown and "needs" in shown:
        known = shown["needs"]["need"].implode()
        found["met"] = shown["met"].filter(_free(hidden, "record") & pl.col("need").is_in(known))
    if "ways" in shown:
        found["ways"] = shown["ways"].filter(~pl.col("document").is_in(_untold(every, shown).implode()))
    if "pieces" in shown:
        known = found["consignments"]["consignment"].implode()
        free = _free(hidden, "despatch", "receipt") & pl.col("consignment").is_in(known)
        found["pieces"] = shown["pieces"].filter(free)
    if "offer_standards" in shown:
        rows, standing = shown["offer_standards"], _Hidden.of(every, shown)
        kept = [standing.tells(row) for row in rows.iter_rows(named=True)]
        found["offer_standards"] = rows.filter(pl.Series(kept, dtype=pl.Boolean))
    return found


def _untold(every: Tables, shown: Tables) -> pl.Series:
    """Documents whose way rests on a milestone or a text that is hidden: it would tell of that."""
    parts = [pl.Series("document", [], dtype=pl.String)]
    for name in ("milestones", "terms"):
        if name in every:
            rows = every[name]
            left = shown.get(name, rows.clear())
            parts.append(rows.join(left, on=rows.columns, how="anti", nulls_equal=True)["document"])
    return pl.concat(parts).drop_nulls().unique().sort()


def unseen_papers(every: Tables, shown: Tables) -> frozenset[str]:
    """Despatches, receipts and consignments that are hidden, or that tell of one that is.

    A receipt that several consignments share tells of each what the others took of it.
    """
    hidden: set[str] = set()
    for table, key in _PAPERS:
        hidden |= _lost(every, shown, table, key)
    rows = every.get("consignments")
    if rows is None:
        return frozenset(hidden)
    names = [_names(row) for row in rows.iter_rows(named=True)]
    while more := [one for one in names if one & hidden and not one <= hidden]:
        hidden.update(*more)
    return frozenset(hidden)


def _names(row: Row) -> set[str]:
    """The papers of a consignment and its own name."""
    texts = (str(row[column] or "") for column in ("despatches", "receipts"))
    return {name for text in texts for name in text.split("; ") if name} | {str(row["consignment"])}


def _free(hidden: frozenset[str], *columns: str) -> pl.Expr:
    """Whether no paper that a row names is hidden."""
    texts = pl.concat_list(pl.col(column).fill_null("").str.split("; ") for column in columns)
    return texts.list.eval(pl.element().is_in(sorted(hidden))).list.any().not_()


def _lost(every: Tables, shown: Tables, table: str, key: str) -> set[str]:
    """The names in a table that stand in a hidden row."""
    return {str(row[key]) for row in _unseen(every, shown, table) if row[key]}


def _whole_kits(every: Tables, shown: Tables) -> pl.DataFrame:
    """A kit is shown with all its components or not at all: else it would seem whole without them."""
    gone = every["kits"].join(shown["kits"], on=["kit", "need"], how="anti", nulls_equal=True)
    return shown["kits"].filter(~pl.col("kit").is_in(gone["kit"].implode()).fill_null(False))


@dataclass(frozen=True)
class _Hidden:
    """What is hidden of that by which offers are held against standards."""

    lines: Mapping[str, object]
    points: frozenset[str]
    swaps: frozenset[tuple[object, object]]
    covers: frozenset[object]
    answered: frozenset[str]
    parties: frozenset[object]

    @classmethod
    def of(cls, every: Tables, shown: Tables) -> "_Hidden":
        points = (f"{one['standard']}@{one['version'] or ''}" for one in _rows(shown, "standards"))
        answers = (str(one["record"]).partition("#")[0] for one in _unseen(every, shown, "answers"))
        return cls(
            lines={str(one["offer"]): one["line"] for one in _rows(shown, "offers")},
            points=frozenset(points),
            swaps=frozenset((one["good"], one["serves"]) for one in _unseen(every, shown, "equivalences")),
            covers=frozenset(one["covers"] for one in _unseen(every, shown, "approvals")),
            answered=frozenset(answers),
            parties=frozenset(one["party"] for one in _unseen(every, shown, "offers")),
        )

    def tells(self, row: Row) -> bool:
        """Whether an offer, its standard, and that by which its standing is known may all be seen."""
        offer = str(row["offer"])
        if offer not in self.lines or not set(str(row["points"]).split(";")) <= self.points:
            return False
        if {(row["good"], row["serves"]), (row["good"], row["value"])} & self.swaps:
            return False
        by = {
            "approvals": bool({row["offer"], self.lines[offer]} & self.covers),
            "answer": f"offers/{offer}" in self.answered,
            "offers": row["party"] in self.parties,
        }
        return not by.get(str(row["said"]), False)


def _unseen(every: Tables, shown: Tables, table: str) -> Sequence[Row]:
    """The rows of a table that are hidden."""
    if table not in every or table not in shown or every[table].height == shown[table].height:
        return []
    place = ["_file", "_sheet", "_row"]
    return every[table].join(shown[table], on=place, how="anti", nulls_equal=True).to_dicts()


def _rows(tables: Tables, name: str) -> Sequence[Row]:
    frame = tables.get(name)
    return [] if frame is None else frame.to_dicts()

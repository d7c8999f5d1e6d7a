"""The planning problem from the ledger: nothing that was told twice, sent or received is shipped again."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import polars as pl

from konvoi.flow.deliveries.in_transit import under_way
from konvoi.flow.deliveries.received import received
from konvoi.flow.gathered import Gathered
from konvoi.flow.planning.blocks import blocks
from konvoi.flow.planning.limits import with_limits
from konvoi.flow.planning.need_coverage import by_receipts, by_what_left, less
from konvoi.flow.planning.twins import Twin, pairs, twins
from konvoi.flow.sanctions.screening_workspace import hit_blocks, without_listed, workspace_screened
from konvoi.ledger.total import QUANTITY_PLACES
from konvoi.ledger.units import reached
from konvoi.model.finding import Finding, Place, Severity
from konvoi.model.limiting import ROWS, UNREAD_ROWS
from konvoi.model.stages import Stage
from konvoi.model.tables import BY_NAME
from konvoi.plan.clean import Notes, last_before_due
from konvoi.plan.problem import NEED_STATES, OFFER_STATES
from konvoi.plan.validate import in_turn, not_possible

PROBLEM = (
    "goods",
    "needs",
    "offers",
    "standards",
    "approvals",
    "budgets",
    "equivalences",
    "kits",
    "earmarks",
    "sites",
    "lanes",
    "capacities",
    "closures",
    "caps",
    "stocks",
    "blocked",
    "rates",
    "horizon",
)
_BESIDE = ("waivers", UNREAD_ROWS)
_OWED = pl.col("quantity") < 0


@dataclass(frozen=True)
class Made:
    """The problem's tables by name, and what was done to the offers and needs that were handed in.

    met: what the needs were met with before (konvoi.model.met.MET); the problem's needs are what is left.
    """

    tables: Mapping[str, pl.DataFrame]
    findings: tuple[Finding, ...]
    met: pl.DataFrame

    @property
    def lacking(self) -> tuple[str, ...]:
        """The tables without a row, of those without which there is nothing to plan."""
        return tuple(name for name in ("needs", "horizon") if self.tables[name].is_empty())


@dataclass(frozen=True)
class Supplied:
    """Offers and needs before screening: what is left of them to plan.

    offers: cut to what their lines hold. due: needs less what has arrived. came, going: what needs are met
    with by receipts, and by what is under way (konvoi.model.met.MET). told: what was done to the offers.
    """

    offers: pl.DataFrame
    due: pl.DataFrame
    came: pl.DataFrame
    going: pl.DataFrame
    told: tuple[Finding, ...]


def supplied(gathered: Gathered) -> Supplied:
    """Offers cut to what their lines hold, needs to what has not come or left.

    Of two offers whose lines are the same or restate one another, one is planned; where that is not decided
    yet, too, and a note names both.
    """
    alike = twins(gathered.ledger.entries, gathered.ledger.relations)
    offers, told = _offers(_table(gathered, "offers"), left(gathered), alike)
    due, came, going = _met(gathered, alike)
    return Supplied(offers, due, came, going, tuple(told))


def met_before(gathered: Gathered) -> pl.DataFrame:
    """Return the supply that meets needs before anything is planned (konvoi.model.met.MET)."""
    _, came, going = _met(gathered, twins(gathered.ledger.entries, gathered.ledger.relations))
    return pl.concat([came, going])


def _met(gathered: Gathered, alike: Mapping[str, Twin]) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Needs less what has arrived; what has arrived for them; and what is under way to them."""
    needs = _table(gathered, "needs")
    came = by_receipts(needs, received(gathered))
    due = less(needs, came)
    world = {name: _table(gathered, name) for name in ("earmarks", "equivalences", "sites")}
    return due, came, by_what_left(world | {"needs": due}, under_way(gathered, pairs(alike)))


def _table(gathered: Gathered, name: str) -> pl.DataFrame:
    found = gathered.tables.get(name)
    if found is not None:
        return found
    return BY_NAME[name].empty() if name in BY_NAME else pl.DataFrame(schema=ROWS)


def problem(gathered: Gathered) -> Made:
    """The tables of the problem, by what is supplied before (`supplied`).

    What is blocked by a name is blocked by its id; whoever a list of sanctions perhaps names, is blocked
    until people decided.
    """
    tables = {name: _table(gathered, name) for name in (*PROBLEM, *_BESIDE)}
    before = supplied(gathered)
    cut = tables | {"offers": before.offers, "needs": less(before.due, before.going).sort("need")}
    listed = hit_blocks(workspace_screened(gathered))
    named = pl.concat([tables["blocked"], listed.rows], how="diagonal")
    cut["blocked"], nobody = blocks(named, gathered.tables)
    cut["needs"], stopped = without_listed(cut["needs"], listed)
    cut = with_limits(cut, gathered)
    under_way_told = _told(before.due.sort("need"), before.going)
    found = (
        *before.told,
        *under_way_told,
        *_nothing(tables),
        *_turned(tables),
        *nobody,
        *listed.findings,
        *stopped,
    )
    return Made(cut, found, pl.concat([before.came, before.going]))


def _nothing(tables: Mapping[str, pl.DataFrame]) -> list[Finding]:
    """Return findings on needs and offers whose quantity cannot be; they are left out."""
    notes = Notes()
    for name, states, none in (
        ("needs", NEED_STATES, pl.col("quantity") <= 0),
        ("offers", OFFER_STATES, _OWED),
    ):
        for row in _planned(tables[name], states).filter(none).iter_rows(named=True):
            more = {} if name == "needs" else {"expected": "zero, or a number above"}
            not_possible(notes, name, row, "quantity", **more)
    return notes.found


def _turned(tables: Mapping[str, pl.DataFrame]) -> list[Finding]:
    """Return findings on needs and offers whose last day is before the first; the earlier day limits."""
    notes = Notes()
    for row in _planned(tables["needs"], NEED_STATES).iter_rows(named=True):
        if row["last_useful"] and row["due"] and row["last_useful"] < row["due"]:
            last_before_due(notes, row)
    for row in _planned(tables["offers"], OFFER_STATES).iter_rows(named=True):
        in_turn(notes, "offers", row, "ready", "until")
    return notes.found


def _planned(rows: pl.DataFrame, states: tuple[str, ...]) -> pl.DataFrame:
    return rows.filter(pl.col("state").fill_null(states[0]).is_in(list(states)))


def told_once(made: Made, more: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings of a problem, and further ones that it does not have."""
    return (*made.findings, *(one for one in more if one not in made.findings))


def unreceived(gathered: Gathered) -> pl.DataFrame:
    """The needs less what has arrived."""
    needs = _table(gathered, "needs")
    return less(needs, by_receipts(needs, received(gathered))).sort("need")


def left(gathered: Gathered) -> dict[str, Decimal]:
    """Return, for each line with a known quantity, the quantity promised that has not left yet.

    An offer names a line by its reference alone; of a reference that two partners use the most is taken.
    """
    values = _quantities(gathered)
    promised = dict(reached(values, Stage.PLEDGED).iter_rows())
    gone = dict(reached(values, Stage.DISPATCHED).iter_rows())
    return _by_line({unit: value - gone.get(unit, 0) for unit, value in promised.items()})


def dispatched(gathered: Gathered) -> dict[str, Decimal] | None:
    """Return the quantity that was reported as dispatched, by line; None where nobody reported a movement."""
    reports = (gathered.tables.get(name) for name in ("movements", "receipts"))
    if all(rows is None or rows.is_empty() for rows in reports):
        return None
    return _by_line(dict(reached(_quantities(gathered), Stage.DISPATCHED).iter_rows()))


def _quantities(gathered: Gathered) -> pl.DataFrame:
    """Quantities of lines by stage, each under the source that promised it: unit, stage, value."""
    entries = gathered.ledger.entries.filter(
        pl.col("line").is_not_null() & pl.col("quantity").is_not_null() & pl.col("stage").is_not_null()
    )
    owned = entries.join(gathered.ledger.owners, on="entry", how="left").with_columns(
        source=pl.coalesce("owner", "source")
    )
    return owned.select(
        "stage",
        unit=pl.concat_str(pl.col("source").fill_null(""), "line", separator="\x1f"),
        value=(pl.col("quantity") * 10**QUANTITY_PLACES).cast(pl.Int64),
    )


def _by_line(units: Mapping[str, int]) -> dict[str, Decimal]:
    """Quantities of units of a source by line; of a reference that two partners use the most."""
    found: dict[str, Decimal] = {}
    for unit, value in units.items():
        line = unit.split("\x1f")[1]
        quantity = Decimal(value).scaleb(-QUANTITY_PLACES)
        found[line] = max(found.get(line, quantity), quantity)
    return found


def _offers(
    offers: pl.DataFrame, left: dict[str, Decimal], twins: dict[str, Twin]
) -> tuple[pl.DataFrame, list[Finding]]:
    """Offers that may be planned, each with what its line still holds."""
    lines = set(offers["line"].drop_nulls().to_list())
    room = dict(left)
    kept = []
    told = []
    for row in offers.sort("offer").iter_rows(named=True):
        line = row["line"]
        twin = twins.get(line) if line else None
        if twin and twin.line in lines:
            told.append(_planned_once(row, twin))
            continue
        if line in room:
            quantity = min(row["quantity"], room[line])
            room[line] -= max(quantity, Decimal(0))
            if quantity < row["quantity"]:
                told.append(_cut(row, quantity))
            row["quantity"] = quantity
        if row["quantity"] is not None and row["quantity"] > 0:
            kept.append(row)
    return pl.DataFrame(kept, schema=offers.schema), told


def _told(needs: pl.DataFrame, going: pl.DataFrame) -> list[Finding]:
    """A note on each need that something is under way to."""
    cut = going.group_by("need").agg(pl.col("quantity").sum(), pl.col("record").unique().sort())
    rows = needs.join(cut, on="need", how="inner", maintain_order="left", suffix="_cut")
    return [
        _under_way(row, row["quantity"] - row["quantity_cut"], row["record"])
        for row in rows.iter_rows(named=True)
    ]


def _under_way(row: Mapping[str, object], left: Decimal, records: Sequence[str]) -> Finding:
    return Finding(
        Severity.NOTE,
        "need-under-way",
        _place(row, "quantity"),
        read=_plain(row["quantity"]),
        expected="{left} still to be planned: the rest has left with {records} and is not received yet",
        remedy="submit the receipt on arrival, or report the loss",
        values={"left": _plain(left), "records": ", ".join(records)},
    )


def _plain(value: object) -> str:
    return format(value.normalize(), "f") if isinstance(value, Decimal) else str(value)


def _planned_once(row: Mapping[str, object], twin: Twin) -> Finding:
    return Finding(
        Severity.NOTE,
        "offer-planned-once" if twin.decided else "offer-perhaps-twice",
        _place(row, "line"),
        read=str(row["line"]),
        expected="one offer for each good; item {line} refers to it as well",
        remedy="nothing to do" if twin.decided else "decide on the pair with konvoi review",
        values={"line": twin.line},
    )


def _cut(row: Mapping[str, object], quantity: Decimal) -> Finding:
    return Finding(
        Severity.NOTE,
        "offer-cut-to-line",
        _place(row, "quantity"),
        read=str(row["quantity"]),
        expected="at most the remaining quantity of its item: {left}",
        remedy="correct the offer or the item",
        values={"left": _plain(max(quantity, Decimal(0)))},
    )


def _place(row: Mapping[str, object], column: str) -> Place:
    number = row.get("_row")
    return Place(
        str(row.get("_file") or ""),
        str(row.get("_sheet") or ""),
        number if isinstance(number, int) else 0,
        column,
    )

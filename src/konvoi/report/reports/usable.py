"""Kits that are usable only whole, what offers want beside them, and how many types serve one purpose."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_FLOOR, Decimal

import polars as pl

from konvoi.plan.usable import offer_kits, variety
from konvoi.report.case import Case
from konvoi.report.ledger.figures import joined
from konvoi.report.ledger.lines import Row
from konvoi.report.names import Names, table
from konvoi.report.page import Column, Message, Number, Section, Table, Value
from konvoi.report.planning.need_status import Served, served
from konvoi.report.report import Report

NO_KITS = Message("No kits requested.")
WHOLE = Message("Nothing missing: accepted offers include all additional items required.")
NO_TYPES = Message("No accepted offer covers a need.")


@dataclass(frozen=True)
class Component:
    """One part of a kit: its need with what the plan brings in time, and the units that one kit takes."""

    served: Served
    per_kit: Decimal

    @property
    def wanted(self) -> Decimal:
        """Units that are asked for."""
        return self.served.needed

    @property
    def in_time(self) -> Decimal:
        """Usable units, received, under way or by the due day; none where a need is of use only in full and
        is not full."""
        short = bool(self.served.need.get("whole")) and self.served.open > 0
        return Decimal(0) if short else self.served.met + self.served.on_time


@dataclass(frozen=True)
class Kit:
    """A kit with its components: how many are asked for, and how many are whole by their due days."""

    name: str
    parts: tuple[Component, ...]

    @property
    def asked(self) -> Decimal:
        """As many as all components together could make."""
        return min(_floor(part.wanted / part.per_kit) for part in self.parts)

    @property
    def whole(self) -> Decimal:
        """As many as the component that is scarcest in time allows."""
        return min(_floor(part.in_time / part.per_kit) for part in self.parts)

    def lacking(self) -> tuple[tuple[Component, Decimal], ...]:
        """The components that keep kits from being whole, with the units that are short."""
        short = ((part, self.asked * part.per_kit - part.in_time) for part in self.parts)
        return tuple((part, units) for part, units in short if units > 0)


def section(case: Case) -> Section | None:
    """Kits and variety; no part of a brief where no kit is asked for and no accepted offer serves a need."""
    kits = _kits(case)
    types = variety(case.tables)
    if not kits and types.is_empty():
        return None
    names = Names(case)
    rows = sorted(types.to_dicts(), key=lambda row: (-row["types"], -row["tail"], row["good"]))
    tables = (
        *((_kit_table(case, kits), _beside(case)) if kits else ()),
        *((_types(case, rows),) if rows else ()),
    )
    answer = (*_kit_answer(case, kits), *_type_answer(case, names, rows))
    return Section("usable", Message("Complete systems and number of types"), answer, (), tables)


def _kits(case: Case) -> tuple[Kit, ...]:
    """The kits of which every component is a need that is planned."""
    known = {str(one.need["need"]): one for one in served(case)}
    parts: dict[str, list[Component]] = defaultdict(list)
    partial = set()
    for row in table(case, "kits").sort("kit", "need").iter_rows(named=True):
        if row["need"] in known and row["per_kit"] and row["per_kit"] > 0:
            parts[row["kit"]].append(Component(known[row["need"]], row["per_kit"]))
        else:
            partial.add(row["kit"])
    return tuple(Kit(name, tuple(parts[name])) for name in sorted(parts) if name not in partial)


def _floor(value: Decimal) -> Decimal:
    return value.to_integral_value(ROUND_FLOOR)


def _kit_answer(case: Case, kits: tuple[Kit, ...]) -> tuple[Message, ...]:
    if not kits or case.plan is None:
        return ()
    asked = sum((kit.asked for kit in kits), Decimal(0))
    whole = sum((kit.whole for kit in kits), Decimal(0))
    values: dict[str, Value] = {
        "whole": Number(whole, "", "planned", case.day, to="kits"),
        "asked": Number(asked, "", "needed", case.day, to="kits"),
        "rest": Number(asked - whole, "", "gap", case.day, to="kits"),
    }
    text = (
        "{whole} of {asked} requested kits are planned to be complete by their due date; {rest} remain "
        "incomplete and do not count until complete."
    )
    return (Message(text, values),)


def _kit_table(case: Case, kits: tuple[Kit, ...]) -> Table:
    columns = (
        Column(Message("Kit")),
        Column(Message("Contents of one kit")),
        Column(Message("Requested"), "", "number"),
        Column(Message("Complete by the due date"), "", "number"),
        Column(Message("Incomplete"), "", "number"),
        Column(Message("Missing goods")),
    )
    rows = tuple(_kit_row(case, kit) for kit in kits)
    return Table("kits", Message("Kits: complete and incomplete"), columns, rows, NO_KITS)


def _kit_row(case: Case, kit: Kit) -> tuple[Value, ...]:
    names = Names(case)
    needs = joined(*((f"needs/{part.served.need['need']}",) for part in kit.parts))
    ids = joined(*(part.served.ids for part in kit.parts))
    known = case.plan is not None
    whole = kit.whole if known else None
    short = kit.lacking() if known else ()
    cells: tuple[Value, ...] = (
        Number(whole, "", "planned", behind=ids),
        Number(kit.asked - whole if whole is not None else None, "", "gap", behind=ids),
        _listed([_short(names, part, units) for part, units in short]) if short else "",
    )
    return (
        kit.name,
        _listed([(_units(names, part, part.per_kit), " ", _good(names, part)) for part in kit.parts]),
        Number(kit.asked, "", "needed", behind=needs),
        *cells,
    )


def _good(names: Names, part: Component) -> Value:
    return names.good(str(part.served.need["good"]))


def _units(names: Names, part: Component, units: Decimal) -> Number:
    need = part.served.need
    return Number(units, names.unit(str(need["good"])), "needed", behind=(f"needs/{need['need']}",))


def _short(names: Names, part: Component, units: Decimal) -> Value:
    site = names.site(str(part.served.need["site"]))
    return (_units(names, part, units), " ", _good(names, part), ", ", site)


def _listed(parts: list[Value]) -> Value:
    """Several values with semicolons between them."""
    found: list[Value] = []
    for part in parts:
        found += ["; ", part] if found else [part]
    return tuple(found)


def _beside(case: Case) -> Table:
    """Return the goods that each offer of a component still requires beside itself."""
    names = Names(case)
    columns = (
        Column(Message("Offer")),
        Column(Message("Partner")),
        Column(Message("Kit")),
        Column(Message("Additional item required")),
        Column(Message("Place")),
        Column(Message("Due date"), "", "day"),
        Column(Message("Unit")),
        Column(Message("Required"), "", "number"),
        Column(Message("Offered"), "", "number"),
        Column(Message("Missing"), "", "number"),
    )
    short = (row for row in offer_kits(case.tables).iter_rows(named=True) if row["missing"] > 0)
    rows = tuple(_beside_row(names, row) for row in short)
    return Table("kits-beside", Message("Offers that need additional items"), columns, rows, WHOLE)


def _beside_row(names: Names, row: Row) -> tuple[Value, ...]:
    unit = names.unit(str(row["good"]))
    ids = (f"needs/{row['component']}", f"offers/{row['offer']}")
    numbers = [
        Number(value if isinstance(value := row[name], Decimal) else None, unit, behind=ids)
        for name in ("wanted", "offered", "missing")
    ]
    return (
        str(row["offer"]),
        names.party(str(row["party"])),
        str(row["kit"]),
        names.good(str(row["good"])),
        names.site(str(row["site"])),
        due if isinstance(due := row["due"], date) else None,
        Message(unit) if unit else "",
        *numbers,
    )


def _type_answer(case: Case, names: Names, rows: Sequence[Row]) -> tuple[Message, ...]:
    if not rows:
        return ()
    several = [row for row in rows if int(str(row["types"])) > 1]
    if not several:
        return (Message("Each purpose is served by one type."),)
    most = several[0]
    values: dict[str, Value] = {
        "count": Number(Decimal(len(several)), "", "", case.day, to="types"),
        "good": names.good(str(most["good"])),
        "types": Number(Decimal(str(most["types"])), to="types"),
        "tail": Number(Decimal(str(most["tail"])), to="types"),
    }
    return (
        Message(
            "{count} purpose served by more than one type: {good} ({types} types).",
            values,
            "{count} purposes served by more than one type; most types: {good} ({types}).",
            len(several),
        ),
        *(
            (Message("Types that require additional items: {tail}.", {"tail": values["tail"]}),)
            if most["tail"]
            else ()
        ),
    )


def _types(case: Case, rows: Sequence[Row]) -> Table:
    """Return the number of types that serve each purpose, the most varied first."""
    names = Names(case)
    columns = (
        Column(Message("Purpose")),
        Column(Message("Types in use"), "", "number"),
        Column(Message("Types")),
        Column(Message("Offers"), "", "number"),
        Column(Message("Additional items required"), "", "number"),
        Column(Message("Of which")),
    )
    return Table(
        "types",
        Message("Number of types and additional items required"),
        columns,
        tuple(_type_row(case, names, row) for row in rows),
        NO_TYPES,
        note=Message(
            "Accepted offers only. Additional items: other parts of the kit, spare parts and training "
            "required by a standard."
        ),
    )


def _type_row(case: Case, names: Names, row: Row) -> tuple[Value, ...]:
    goods, beside = (str(row[name]).split(";") if row[name] else [] for name in ("goods", "beside"))
    accepted = pl.col("state").is_null() | pl.col("state").is_in(["accepted", "accepted in part"])
    offers = table(case, "offers").filter(accepted).select("offer", "good")
    ids = tuple(f"offers/{offer}" for offer, good in offers.iter_rows() if good in goods)
    needs = table(case, "needs")
    wanted = tuple(f"needs/{n}" for n, good in needs.select("need", "good").iter_rows() if good in beside)
    return (
        names.good(str(row["good"])),
        Number(Decimal(str(row["types"])), behind=ids),
        _listed([names.good(good) for good in goods]),
        Number(Decimal(str(row["offers"])), behind=ids),
        Number(Decimal(str(row["tail"])), behind=wanted),
        _listed([names.good(good) for good in beside]),
    )


USABLE_REPORT = Report("usable", section)

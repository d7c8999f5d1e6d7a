"""Announcements as packages, line items and statements; each row says how it counts.

A package of the press is pledged at most and says so in its title; one whose speaker no source names, and one
that may be part of another, is not counted yet.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

Row = dict[str, str]

OFFICIAL, PRESS = "official", "press"
CLASSES = {"official": OFFICIAL, "press": PRESS, "institute": "analyst"}
NOT_COUNTED = "not counted yet"
COUNTED = ("yes", "part", "overlap", "restated", "joint", "item")
"""How rows count that become packages; the others are sums, or stand in no table."""
STAGES = {"allocated": "allocated"}
"""Stages of official rows that say more than a pledge."""
ROUGH = {
    "over": "at least",
    "at least": "at least",
    "about": "about",
    "estimate": "about",
    "range": "about",
    "nearly": "about",
    "almost": "about",
    "up to": "up to",
    "up to about": "up to",
}
"""How far a sum holds, in the words of the product."""


@dataclass(frozen=True)
class Told:
    """What was announced, by party: the rows of the collection, in their order."""

    facts: Mapping[str, Sequence[Row]]
    rows: tuple[Row, ...] = field(init=False)

    def __post_init__(self) -> None:
        every = (*self.facts["announcements"], *self.facts["purl"])
        object.__setattr__(self, "rows", tuple(row | {"party": giver(row)} for row in every))

    @property
    def parties(self) -> list[str]:
        """Who announced anything."""
        return sorted({row["party"] for row in self.rows})

    def of(self, party: str) -> list[Row]:
        """The rows of a party."""
        return [row for row in self.rows if row["party"] == party]

    def packages(self, party: str) -> list[Row]:
        """The rows of a party that are packages: parts of frames and sums to date are none."""
        return [row for row in self.of(party) if self.is_package(row)]

    def is_package(self, row: Row) -> bool:
        """Return True for a row that is a package of its own."""
        if row["counts"] not in COUNTED or not when(row):
            return False
        if row["counts"] == "item":
            return self.whole(row) is None and row["id"] in self.goods
        whole = self.by_id.get(row["part_of"].split("; ")[0])
        return not (row["counts"] == "part" and whole is not None and not self.is_package(whole))

    def whole(self, row: Row) -> Row | None:
        """The package that a row is part of, of the same party; None for none."""
        named = (self.by_id.get(one) for one in row["part_of"].split("; ") if one)
        own = (one for one in named if one and one["party"] == row["party"] and one["id"] != row["id"])
        return next((one for one in own if self.is_package(one)), None)

    @property
    def by_id(self) -> dict[str, Row]:
        """All rows by their ids."""
        return {row["id"]: row for row in self.rows}

    @property
    def goods(self) -> dict[str, str]:
        """The good of each item."""
        return {row["id"]: row["good"] for row in self.facts["items"]}

    @property
    def may_be_in(self) -> dict[str, str]:
        """The sum inside which a row may stand, by the row: no source says whether it does."""
        return {row["id"]: row["whole"] for row in self.facts["overlaps"]}

    def latest(self, party: str) -> date:
        """The day of the party's latest statement."""
        return date.fromisoformat(
            max(row["day"] or row["period_from"] or "2025-12-31" for row in self.of(party))
        )


def giver(row: Row) -> str:
    """The party of a row; a joint sum of several states is one of the list that they pay into."""
    return "PURL" if ";" in row["party"] else {"EU": "EU"}.get(row["party"], row["party"])


def when(row: Row) -> str:
    """The day of a row, or the month or year in which it lies; empty where no source bounds it."""
    if row["day"]:
        return row["day"]
    first, last = row["period_from"], row["period_to"]
    if not first or first[:4] != last[:4]:
        return ""
    return first[:7] if first[:7] == last[:7] else first[:4]


def counts_not_yet(told: Told, row: Row) -> bool:
    """Return True where nobody named said it, or where it may be inside another package."""
    whole = told.whole(row)
    if row["class"] == PRESS and not row["said_by"] and row["counts"] != "item":
        return True
    if row["counts"] in ("overlap", "joint", "restated"):
        return True
    return row["counts"] == "part" and whole is not None and counts_not_yet(told, whole)


def packages_of(told: Told, party: str) -> list[Row]:
    """The packages of a party."""
    return [_package(told, row) for row in told.packages(party)]


def _package(told: Told, row: Row) -> Row:
    whole = told.whole(row) if row["counts"] == "part" else None
    maybe = told.may_be_in.get(row["id"], "")
    official = row["class"] == OFFICIAL
    return {
        "package": row["id"],
        "party": row["party"],
        "day": when(row),
        "kind": row["kind"],
        "title": _title(row, told.may_be_in.get(row["id"], "")),
        "stage": STAGES.get(row["stage"], "pledged") if official else "pledged",
        # The sum of an item is its value; it stands inside sums of its state that are counted.
        **({} if row["counts"] == "item" else {"amount": row["amount"], "currency": row["currency"]}),
        "address": row["source_address"],
        "relates": f"part_of:{whole['id']}" if whole else f"part_of?:{maybe}" if maybe else "",
        "count_mode": NOT_COUNTED if counts_not_yet(told, row) else "",
    }


def _title(row: Row, whole: str) -> str:
    notes = [ROUGH.get(row["exactness"], row["exactness"])] if row["exactness"] and row["amount"] else []
    notes += [f"may be part of {whole}"] if whole else []
    notes += [PRESS] if row["class"] == PRESS else []
    what = row["what"][:1].upper() + row["what"][1:]
    return f"{what} ({'; '.join(notes)})" if notes else what


def lines_of(told: Told, party: str) -> list[Row]:
    """The goods of a party that a number or a name is stated for."""
    return [
        {
            "line": f"{row['id']}/1",
            "package": (told.whole(row) or row)["id"],
            "good": told.goods[row["id"]],
            "quantity": row["quantity"],
            "route": "service" if told.goods[row["id"]] == "training-place" else "not stated",
        }
        for row in told.of(party)
        if row["id"] in told.goods and told.is_package(told.whole(row) or row)
    ]


def statements_of(told: Told, party: str) -> list[Row]:
    """A statement for each package: who said it, where it can be read, where the text was retrieved from."""
    return [statement(row) | {"package": row["id"]} for row in told.packages(party) if row["day"]]


def statement(row: Row) -> Row:
    """What a row rests on."""
    return {
        "statement": f"S-{row['id']}",
        "party": row["party"].split("; ")[0],
        "day": row["day"],
        "class": CLASSES[row["class"]],
        "address": row["source_address"],
        "office": row["said_by"],
        "retrieved_from": row["retrieved_from"],
    }

"""The economic packages of a workspace as they stand, or as they stood by what was known on a day."""

from dataclasses import dataclass
from datetime import date

import polars as pl

from konvoi.flow.gathered import Gathered
from konvoi.flow.kept_views import loaded
from konvoi.flow.name_lookup import Unknown, nearest
from konvoi.flow.today import today
from konvoi.flow.workspace import Workspace
from konvoi.fund.calendar import MONEY
from konvoi.fund.programmes import PROGRAMMES
from konvoi.fund.tranches import STANDING
from konvoi.kit.money import to_major
from konvoi.kit.progress import Stop, never

_PLACE = {"_file": "file", "_sheet": "sheet", "_row": "row"}


@dataclass(frozen=True)
class Tranches:
    """Programmes (fund.programmes.PROGRAMMES), their tranches (fund.tranches.STANDING) and the calendar of
    money (fund.calendar.MONEY) on a day, and what they were read from."""

    day: date
    programmes: pl.DataFrame
    tranches: pl.DataFrame
    money: pl.DataFrame
    gathered: Gathered

    def as_dict(self) -> dict[str, object]:
        """All three as plain values; amounts in the row's currency."""
        return {
            "day": self.day.isoformat(),
            "programmes": [_plain(row) for row in self.programmes.to_dicts()],
            "tranches": [_plain(row) for row in self.tranches.to_dicts()],
            "money": [_plain(row) for row in self.money.to_dicts()],
        }


def tranches(work: Workspace, *, programme: str = "", stop: Stop = never) -> Tranches:
    """The economic packages of a workspace, or one of them."""
    gathered = loaded(work, stop=stop)
    every = gathered.tables.get("programme_standing", pl.DataFrame(schema=PROGRAMMES))
    names = every["programme"].to_list()
    if programme and programme not in names:
        raise Unknown("--programme", programme, tuple(names), nearest(programme, {one: one for one in names}))
    mine = pl.col("programme") == programme if programme else pl.lit(True)
    return Tranches(
        day=today(gathered, work),
        programmes=every.filter(mine),
        tranches=gathered.tables.get("tranche_standing", pl.DataFrame(schema=STANDING)).filter(mine),
        money=gathered.tables.get("money", pl.DataFrame(schema=MONEY)).filter(mine),
        gathered=gathered,
    )


_COUNTS = frozenset({"steps", "late", "met", "not_met", "_row"})


def _plain(row: dict[str, object]) -> dict[str, object]:
    currency = str(row["currency"])
    return {
        _PLACE.get(name, name): _value(value, "" if name in _COUNTS else currency)
        for name, value in row.items()
        if name != "behind"
    }


def _value(value: object, currency: str) -> object:
    whole = isinstance(value, int) and not isinstance(value, bool)
    return to_major(int(str(value)), currency) if whole and currency else value

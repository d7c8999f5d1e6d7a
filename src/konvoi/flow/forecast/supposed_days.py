"""The assumptions under [forecast] in konvoi.toml: days where nothing is learnt or stated, and closures."""

from collections.abc import Mapping

import polars as pl

from konvoi.forecast.delay import Spread
from konvoi.forecast.delays import BY_NAME
from konvoi.forecast.delays.closure import MEMBER as CLOSURE
from konvoi.forecast.steps import SHOCKS, Assumed

DAYS = {name.replace(" ", "_"): name for name in BY_NAME if name != CLOSURE.name}
"""How the keys call the kinds of steps."""

KEYS = (*DAYS, "closures")
_MOST = 365.0

Table = Mapping[str, object]


def wrong(value: object) -> str:
    """Return the form that the table requires, where it has another; empty where it is right or a key is
    unknown.
    """
    if not isinstance(value, dict):
        return "a table of days"
    for key, days in value.items():
        if key == "closures":
            if not isinstance(days, dict) or not all(_closure(one) for one in days.values()):
                return 'closures: { "a lane, site or kind of site" = { a_year = 2, days = [1, 3, 10] } }'
        elif key in DAYS and (text := _wrong_days(DAYS[key], days)):
            return f"{key}: {text}"
    return ""


def assumed(value: Table) -> Assumed:
    """The days by the name of a delay."""
    return {DAYS[key]: Spread(*_numbers(days)) for key, days in value.items() if key in DAYS}


def shocks(value: Table) -> pl.DataFrame:
    """The closures as a table: SHOCKS, by name."""
    known = value.get("closures")
    told = sorted(known.items()) if isinstance(known, dict) else []
    rows = [(on, float(one["a_year"]), *_numbers(one["days"])) for on, one in told]
    return pl.DataFrame(rows, schema=SHOCKS, orient="row")


def as_assumptions(value: Table) -> tuple[str, ...]:
    """Each key with what it says, as a brief lists assumptions."""
    days = [f"forecast.{key}: {_list(value[key])}" for key in DAYS if key in value]
    rows = shocks(value).rows()
    return (
        *days,
        *(f"forecast.closures.{on}: {_plain(often)} / a, {_list(rest)} d" for on, often, *rest in rows),
    )


def _wrong_days(name: str, days: object) -> str:
    found = _numbers(days)
    if len(found) != 3 or not Spread(*found).sound or found[2] > _MOST:
        return "three numbers, each no less than the one before, from 0 to 365: days of 10, 50, 90 of 100"
    if BY_NAME[name].times and (found[1] != 1 or found[0] <= 0):
        return "three numbers above 0 around 1: so many times the planned days take 10, 50, 90 of 100"
    return ""


def _closure(one: object) -> bool:
    if not isinstance(one, dict) or set(one) != {"a_year", "days"}:
        return False
    often = _numbers([one["a_year"]])
    days = _numbers(one["days"])
    lasting = len(days) == 3 and Spread(*days).sound and days[1] > 0 and days[2] <= _MOST
    return lasting and len(often) == 1 and 0 < often[0] <= _MOST


def _numbers(value: object) -> list[float]:
    """A list of numbers; empty where it is none."""
    if not isinstance(value, list) or any(type(one) not in (int, float) for one in value):
        return []
    return [float(one) for one in value]


def _list(value: object) -> str:
    return ", ".join(_plain(one) for one in value) if isinstance(value, list) else ""


def _plain(value: object) -> str:
    return f"{value:g}" if isinstance(value, int | float) else str(value)

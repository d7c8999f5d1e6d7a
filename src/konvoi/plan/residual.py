"""The problem beside frozen movements: what they take is gone, what they bring lies at its goal."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import polars as pl

from konvoi.plan.exact import decimal
from konvoi.plan.frozen import Split, Window
from konvoi.plan.recount import Key, cap_resource, count, room
from konvoi.plan.world import Row, World

Tables = Mapping[str, pl.DataFrame]

FROZEN = "frozen "
"""Beginning of the id of an offer that stands for a frozen movement, at the goal of that movement."""

BOUGHT = "bought "
"""Beginning of the id of a budget that stands for goods that were ordered, and are ready where they were to
be."""

FOR = " / "
"""Between the id of an approval of a budget and that of the goods bought from it."""


def residual_tables(
    tables: Tables, here: World, split: Split, window: Window, *, state: str = "accepted"
) -> dict[str, pl.DataFrame]:
    """Return the tables of the problem that is still open; tables: cleaned ones; state: of planned offers.

    Each frozen movement is an offer at its need's site on the day of its arrival, for this need alone: it
    takes no capacity any more, and counts in kits, whole needs and late value as if it were planned. What was
    ordered for a movement that cannot happen any more is a purchase of a budget of its own, on the day on
    which it was ordered: nobody orders it anew. Nothing else leaves or is ordered before the window opens.
    """
    taken = split.used.taken
    found = dict(tables)
    found["offers"] = pl.concat(
        [_offers(tables["offers"], taken, window), _rows("offers", _arriving(here, split, state), tables)]
    )
    tied = ({"offer": FROZEN + m["movement"], "to": "need", "value": m["need"]} for m in split.frozen)
    found["earmarks"] = pl.concat([tables["earmarks"], _rows("earmarks", tied, tables)])
    bought = _rows("budgets", _bought(here, split, window.opens), tables)
    found["budgets"] = pl.concat([_budgets(tables, here, taken, window), bought])
    found["approvals"] = pl.concat(
        [tables["approvals"], _rows("approvals", _approvals(tables["approvals"], split), tables)]
    )
    found["caps"] = _less(tables["caps"], "most", lambda row: taken[_cap(row)])
    found["stocks"] = _less(tables["stocks"], "stock", lambda row: taken[_stock(row)])
    reserved = _on_their_way(here, split, window.week)
    found["capacities"] = pl.concat(
        [tables["capacities"], _rows("capacities", _filled(here, taken, reserved), tables)]
    )
    return found


def _rows(name: str, rows: Iterator[Row], tables: Tables) -> pl.DataFrame:
    """Rows as a table of the same columns as the one there is; columns that a row lacks are empty."""
    schema = tables[name].schema
    full = list(rows)
    return pl.DataFrame({column: [row.get(column) for row in full] for column in schema}, schema=schema)


def _offers(offers: pl.DataFrame, taken: Mapping[Key, Fraction], window: Window) -> pl.DataFrame:
    """Offers less what frozen movements take of them, ready when the window opens at the earliest."""
    opens = pl.lit(window.opens)
    ready = pl.max_horizontal(pl.col("ready").fill_null(opens), opens)
    left = _less(offers, "quantity", lambda row: taken["offer", row["offer"], None, "quantity"])
    return left.with_columns(ready=ready)


def _arriving(here: World, split: Split, state: str) -> Iterator[Row]:
    """Frozen movements as offers at their goal."""
    for move in split.frozen:
        yield {
            "offer": FROZEN + move["movement"],
            "party": FROZEN.strip(),
            "good": move["good"],
            "quantity": move["quantity"],
            "site": here.needs[move["need"]]["site"],
            "ready": move["arrives"],
            "until": move["arrives"],
            "state": state,
        }


def _bought(here: World, split: Split, opens: date) -> Iterator[Row]:
    """Goods that were ordered: each a budget with the money for it, and one purchase ready as planned."""
    for one in split.bought:
        option = here.options[one.key]
        own = {name: option[name] for name in ("party", "currency")} | {"budget": BOUGHT + one.movement}
        yield own | {"day": one.ordered, "amount": -int(-one.quantity * option["price"] // 1)}
        yield own | {
            **{name: option[name] for name in ("good", "price", "supplier", "site")},
            # Nothing leaves before the window opens that was not planned to.
            "lead_days": max(option["lead_days"] or 0, (opens - one.ordered).days),
            "most": _floor(one.quantity),
        }


def _approvals(approvals: pl.DataFrame, split: Split) -> Iterator[Row]:
    """The approvals that goods need which were bought from a budget."""
    for one in split.bought:
        for row in approvals.filter(pl.col("covers") == one.key[0]).iter_rows(named=True):
            name = BOUGHT + one.movement
            yield row | {"approval": row["approval"] + FOR + name, "covers": name}


def not_before(tables: Tables, opens: date) -> dict[str, pl.DataFrame]:
    """Return the tables of an open problem, in which nothing leaves or is ordered before a day.

    What has arrived or was bought by then is left as it is.
    """
    day = pl.lit(opens)
    later = pl.max_horizontal(pl.col("ready").fill_null(day), day)
    frozen = pl.col("offer").str.starts_with(FROZEN)
    offers = tables["offers"].with_columns(ready=pl.when(frozen).then("ready").otherwise(later))
    money = pl.col("amount").is_not_null() & ~pl.col("budget").str.starts_with(BOUGHT)
    ordered = pl.when(money).then(pl.max_horizontal(pl.col("day").fill_null(day), day)).otherwise("day")
    return {**tables, "offers": offers, "budgets": tables["budgets"].with_columns(day=ordered)}


def _budgets(tables: Tables, here: World, taken: Mapping[Key, Fraction], window: Window) -> pl.DataFrame:
    """Budgets less what frozen movements spend, with all earlier money on the day the window opens."""
    budgets = tables["budgets"]
    spent: dict[str, Fraction] = {}
    for (kind, budget, _, _), amount in taken.items():
        if kind == "budget":
            spent[budget] = max(spent.get(budget, Fraction(0)), amount)
    kept = budgets.filter(pl.col("good").is_not_null()).with_columns(
        amount=pl.lit(None, dtype=budgets.schema["amount"]), day=pl.lit(None, dtype=pl.Date)
    )
    kept = _less(kept, "most", lambda row: taken[_purchase(row)])
    return pl.concat([kept, _rows("budgets", _tranches(budgets, here, spent, window.opens), tables)])


def _tranches(
    budgets: pl.DataFrame, here: World, spent: Mapping[str, Fraction], opens: date
) -> Iterator[Row]:
    """The tranches of each budget that are still to be spent."""
    first = budgets.filter(pl.col("amount").is_not_null()).sort("budget", "day", "currency", nulls_last=False)
    known = {row["budget"]: row for row in first.rows(named=True)[::-1]}
    for budget, days in here.tranches.items():
        before = 0
        for day, total in days.items():
            left = max(0, int((Fraction(total) - spent.get(budget, Fraction(0))) // 1))
            yield {
                **{name: known[budget][name] for name in ("budget", "party", "currency")},
                "day": max(day, opens),
                "amount": max(0, left - before),
            }
            before = max(before, left)


def _filled(here: World, taken: Mapping[Key, Fraction], reserved: Mapping[Key, Fraction]) -> Iterator[Row]:
    """The room that is left on lanes and at sites in each week in which frozen movements use them."""
    limits = room(here)
    left: dict[tuple[str, date], dict[str, Decimal]] = {}
    for key in sorted(set(taken) | set(reserved), key=str):
        kind, on, week, resource = key
        used = taken.get(key, Fraction(0)) + reserved.get(key, Fraction(0))
        if kind in {"lane", "site"} and week is not None and used and key in limits:
            spare = left.setdefault((on, week), {})
            now = _floor(max(Fraction(0), limits[key] - used))
            spare[resource] = min(now, spare.get(resource, now))
    for (on, week), spare in left.items():
        yield {"on": on, "from": week, "to": week + timedelta(days=6), **spare}


def _on_their_way(here: World, split: Split, week: date) -> dict[Key, Fraction]:
    """The use of lanes and sites from this week on by what has left before."""
    known = [m for m in split.gone if m["need"] in here.needs and _countable(here, m)]
    taken = count(here, known, split.legs).taken
    return {key: used for key, used in taken.items() if key[2] is not None and key[2] >= week}


def _countable(here: World, move: Row) -> bool:
    """Return True if this week's tables still hold what a movement that left was planned from."""
    serves = (move["good"], here.needs[move["need"]]["good"]) in here.ratios
    return serves and move["good"] in here.goods and (move["offer"] or "") in here.offers


def _less(rows: pl.DataFrame, column: str, used: Callable[[Row], Fraction]) -> pl.DataFrame:
    """A table with less in a column, where a row states something there; rounded down, never below 0."""
    values = [
        row[column] if row[column] is None else max(Decimal(0), _floor(Fraction(row[column]) - used(row)))
        for row in rows.iter_rows(named=True)
    ]
    return rows.with_columns(pl.Series(column, values, dtype=rows.schema[column]))


def _floor(number: Fraction) -> Decimal:
    """A number cut to six places, downwards."""
    return decimal(int(number * 10**6 // 1))


def _cap(row: Row) -> Key:
    return ("cap", row["party"], None, cap_resource(row))


def _stock(row: Row) -> Key:
    return ("stock", row["party"], None, f"quantity of {row['good']}")


def _purchase(row: Row) -> Key:
    key = (row["budget"] or "", row["good"], row["supplier"] or "", row["site"] or "")
    return ("purchase", "|".join(key), None, "quantity")

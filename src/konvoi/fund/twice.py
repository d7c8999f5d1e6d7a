"""Double funding of a place or building: pairs of similar projects, for a person to decide."""

from collections import Counter
from collections.abc import Iterator, Mapping

import polars as pl

from konvoi.fund.project_money import Money
from konvoi.fund.steps import Row, Tables, key, listed, table
from konvoi.kit.digest import key as digest_key
from konvoi.kit.text import fold
from konvoi.link.comparison import OTHERWISE, Comparison, Level, Similarity
from konvoi.link.match import match
from konvoi.link.settings import Block, Settings
from konvoi.model.tables.projects import CANCELLED, COMMITTED

LEAST = 0.5
"""Pairs below this probability are not reported."""

TWICE = pl.Schema(
    {
        "left": pl.String(),
        "right": pl.String(),
        "probability": pl.Float64(),
        "evidence": pl.String(),
        "currency": pl.String(),
        "amount": pl.Int64(),
        "verdict": pl.String(),
        "behind": pl.List(pl.String()),
    }
)
"""One line for each pair of projects that may be one place or building, the surest first.

evidence: JSON list of [what was compared, the answer]. amount: the smaller of what was committed to the two,
in minor units of currency: what may be there twice; null where it is not known of both in one currency.
verdict: what a person decided, same or unsure; null for nothing yet. Pairs that are two by a decision are
none."""

RECORDS = pl.Schema(
    {
        "id": pl.String(),
        "places": pl.List(pl.String()),
        "place": pl.String(),
        "building": pl.String(),
        "title": pl.String(),
        "sector": pl.String(),
        "funders": pl.String(),
        "cost": pl.Float64(),
        "currency": pl.String(),
        "rare": pl.List(pl.String()),
        "numbers": pl.List(pl.String()),
    }
)
"""One line for each project that is compared.

Texts are folded; rare: words of title and building that few others bear; numbers: those that are numbers;
funders: the ids of those who give, sorted."""

_WORD = 4
_RARE = 20

# Shares by judgement, among the pairs that are compared: these share a place already, so it weighs little.
# The register number or address of a building weighs most, its title less, as schools of one town are called
# alike, and differ in their numbers.
BUILDING = Comparison(
    name="building",
    columns=("building",),
    similarities=(Similarity("buildings", "building", "token-set"),),
    levels=(
        Level("the same building", "l.building = r.building", 0.6, 0.002),
        Level("nearly the same building", "s.buildings >= 0.9", 0.2, 0.01),
        Level("another building", OTHERWISE, 0.2, 0.988),
    ),
)
PLACE = Comparison(
    name="community",
    columns=("place",),
    levels=(
        Level("the same community", "l.place = r.place", 0.9, 0.8),
        Level("a community in common", "len(list_intersect(l.places, r.places)) > 0", 0.08, 0.1),
        Level("other communities", OTHERWISE, 0.02, 0.1),
    ),
)
TITLE = Comparison(
    name="title",
    columns=("title",),
    similarities=(Similarity("titles", "title", "token-set"),),
    levels=(
        Level("same wording", "l.title = r.title", 0.3, 0.005),
        Level("nearly the same wording", "s.titles >= 0.85", 0.3, 0.03),
        Level("much wording in common", "s.titles >= 0.65", 0.2, 0.15),
        Level("different wording", OTHERWISE, 0.2, 0.815),
    ),
)
SECTOR = Comparison(
    name="sector",
    columns=("sector",),
    levels=(
        Level("the same sector", "l.sector = r.sector", 0.9, 0.8),
        Level("another sector", OTHERWISE, 0.1, 0.2),
    ),
)
COST = Comparison(
    name="cost",
    columns=("cost", "currency"),
    unknown="l.currency <> r.currency",
    levels=(
        Level("the same cost", "l.cost = r.cost", 0.3, 0.02),
        Level("within 12 percent", "abs(l.cost - r.cost) <= 0.12 * greatest(l.cost, r.cost)", 0.3, 0.1),
        Level("different costs", OTHERWISE, 0.4, 0.88),
    ),
)
NUMBERS = Comparison(
    name="numbers",
    columns=("numbers",),
    levels=(
        Level("a number in common", "len(list_intersect(l.numbers, r.numbers)) > 0", 0.9, 0.15),
        Level("other numbers", OTHERWISE, 0.1, 0.85),
    ),
)
COMPARISONS = (BUILDING, PLACE, TITLE, NUMBERS, SECTOR, COST)

SETTINGS = Settings(
    comparisons=COMPARISONS,
    blocks=(
        Block("community and sector", ("places", "sector"), narrower=("rare",)),
        Block("building", ("building",), narrower=("places",)),
        Block("community and a rare word", ("places", "rare")),
    ),
    prior=0.05,
    least=LEAST,
)


Decided = Mapping[tuple[str, str], tuple[str, str]]
"""Decisions on pairs of projects, by their references in order: the verdict, and the digest of the values
that the person saw (`seen`)."""

SAME = "same"
DIFFERENT = "different"
_SEEN = ("title", "communities", "building", "sector", "cost", "currency")


def seen(left: Row, right: Row) -> str:
    """Return a digest of the evidence for and against a pair: a decision holds for one digest only."""
    return digest_key(*([one["project"], *(one[name] for name in _SEEN)] for one in (left, right)))


def twice(tables: Tables, decided: Decided | None = None) -> pl.DataFrame:
    """All pairs of projects that may be one place or building (TWICE); cancelled ones are left aside."""
    every = {
        str(row["project"]): row
        for row in table(tables, "projects").sort("project").iter_rows(named=True)
        if row["stage"] != CANCELLED
    }
    money = Money(tables)
    records = pl.DataFrame(list(_records(every, money)), schema=RECORDS)
    if records.height < 2:
        return pl.DataFrame(schema=TWICE)
    pairs = match(records, SETTINGS).pairs
    rows = [_pair(row, every, money, decided or {}) for row in pairs.iter_rows(named=True)]
    return pl.DataFrame([row for row in rows if row["verdict"] != DIFFERENT], schema=TWICE)


def _records(every: Mapping[str, Row], money: Money) -> Iterator[dict[str, object]]:
    worded = {id: _words(row) for id, row in every.items()}
    count = Counter(word for words in worded.values() for word in words)
    for id, row in every.items():
        places = sorted(set(listed(row["communities"])))
        funders = {str(one.row["party"]) for one in money.rows.get(id, ()) if one.row["party"]}
        yield {
            "id": id,
            "places": places or None,
            "place": ";".join(places) or None,
            "building": fold(str(row["building"] or "")) or None,
            "title": fold(str(row["title"] or "")) or None,
            "sector": row["sector"],
            "funders": ";".join(sorted(funders)) or None,
            "cost": float(row["cost"]) if isinstance(row["cost"], int) else None,
            "currency": row["currency"],
            "rare": sorted(word for word in worded[id] if count[word] <= _RARE) or None,
            "numbers": sorted(word for word in worded[id] if word.isdigit()) or None,
        }


def _words(row: Row) -> set[str]:
    words = fold(f"{row['title'] or ''} {row['building'] or ''}").split()
    return {word for word in words if len(word) >= _WORD or word.isdigit()}


def _pair(row: Row, every: Mapping[str, Row], money: Money, decided: Decided) -> dict[str, object]:
    left = every[str(row["left_id"])]
    right = every[str(row["right_id"])]
    currencies = {money.currency(one) for one in (left, right)}
    given = [money.sums(one)[COMMITTED] for one in (left, right)]
    known = [one for one in given if one is not None]
    verdict, digest = decided.get((str(left["project"]), str(right["project"])), (None, ""))
    both = len(known) == 2 and len(currencies) == 1
    return {
        "left": left["project"],
        "right": right["project"],
        "probability": row["probability"],
        "evidence": row["evidence"],
        "currency": next(iter(currencies)) if both else None,
        "amount": min(known) if both else None,
        "verdict": verdict if digest == seen(left, right) else None,
        "behind": [
            *(key("projects", one) for one in (left, right)),
            *(one for project in (left, right) for one in money.behind(project)),
        ],
    }

"""Ten thousand parties screened against all real lists: seconds, who is missed, how many alerts are false."""

import os

# The goal is of one core; the table engine counts its threads when it is first loaded.
os.environ.setdefault("POLARS_MAX_THREADS", "1")

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

import polars as pl
from bench.aligning.lists import DATA, FILES, every
from bench.record import Benchmark

from konvoi.align.asking import Asked
from konvoi.align.frames import Frames
from konvoi.align.hits import OPEN, Hit, Said
from konvoi.align.identifiers import KPP, OTHER
from konvoi.align.listing import Birth, Identifier, Kind, Listing, Name
from konvoi.align.roles import Role, Rules
from konvoi.align.screening import Ready, hits, ready
from konvoi.kit.days import Days
from konvoi.kit.text import fold
from konvoi.model.finding import Place

TRUE, NUMBERED, ALL = 3000, 1000, 10_000
_COMMON = "абвгґдезиійклмнопрстуфіъь", "a b v g g d e z i i i k l m n o p r s t u f i".split()
_SCHEMES: Sequence[Mapping[str, str]] = (
    # BGN/PCGN, DIN 1460 without its signs, and as the French press writes.
    {"ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ю": "yu", "я": "ya", "є": "ye"},
    {"ж": "z", "х": "ch", "ц": "c", "ч": "c", "ш": "s", "щ": "sc", "ю": "ju", "я": "ja", "є": "je"},
    {"ж": "j", "х": "kh", "ц": "ts", "ч": "tch", "ш": "ch", "щ": "chtch", "ю": "iou", "я": "ia", "є": "ie"},
)
_SAME = dict(zip(_COMMON[0], (*_COMMON[1], "", ""), strict=True)) | {
    "ы": "y",
    "э": "e",
    "ё": "e",
    "ї": "i",
    "ў": "u",
}


def romanised(text: str, scheme: Mapping[str, str]) -> str:
    """A Cyrillic name in Latin letters by one of three schemes."""
    small = _SAME | dict(scheme)
    table = small | {one.upper(): latin.capitalize() for one, latin in small.items()}
    return text.translate({ord(one): latin for one, latin in table.items()}).replace("'", "").replace("’", "")


def spread(rows: pl.DataFrame, most: int) -> pl.DataFrame:
    """So many rows, spread evenly over all."""
    step = max(rows.height // most, 1)
    return rows.gather_every(step).head(most)


def asked(
    id: str, name: str, kind: str, *, born: date | None = None, number: Identifier | None = None
) -> Asked:
    """A party under a name, with the year of its birth or a number."""
    days = Days(date(born.year, 1, 1), date(born.year, 12, 31)) if born else None
    births = (Birth(days),) if days else ()
    numbers = (number,) if number else ()
    known = Listing(id, Kind(kind), (Name(name),), Place(), births=births, identifiers=numbers)
    return Asked(id, known, Kind(kind), frozenset({Role.SUPPLIER}))


def true_hits(lists: Frames) -> Iterator[tuple[str, Asked]]:
    """Listed parties with the Cyrillic name romanised, and the year of birth where the list has a day."""
    two = pl.col("name").str.contains(r"\S\s+\S")
    names = lists.names.filter((pl.col("script") == "Cyrillic") & (pl.col("kind") != "weak") & two)
    kinds = lists.listings.filter(pl.col("kind").is_in(["person", "entity"])).select("listing", what="kind")
    rows = names.join(kinds, on="listing").unique("listing", keep="first").sort("listing")
    days = lists.births.drop_nulls("first").filter(pl.col("first") == pl.col("last"))
    born = dict(days.unique("listing", keep="first").select("listing", "first").iter_rows())
    for at, row in enumerate(spread(rows, TRUE).iter_rows(named=True)):
        name = romanised(row["name"], _SCHEMES[at % len(_SCHEMES)])
        yield row["listing"], asked(f"true {at}", name, row["what"], born=born.get(row["listing"]))


def numbered(lists: Frames) -> Iterator[tuple[str, Asked]]:
    """Listed parties with a number alone, under a name that nobody has."""
    told = lists.identifiers.filter(~pl.col("type").is_in([KPP, OTHER]))
    kinds = lists.listings.filter(pl.col("kind").is_in(["person", "entity", "ship"]))
    rows = told.join(kinds.select("listing", what="kind"), on="listing")
    rows = rows.unique(("type", "value"), keep="first").sort("type", "listing", "value")
    for at, row in enumerate(spread(rows, NUMBERED).iter_rows(named=True)):
        number = Identifier(row["type"], row["value"], row["country"], row["valid"], row["text"])
        yield row["listing"], asked(f"number {at}", f"Quorvex Zylph {at}", row["what"], number=number)


def organisations() -> list[str]:
    """The organisations of the pages of FTS, each once: givers and receivers of aid, in no list."""
    found: set[str] = set()
    for path in sorted((DATA.parent / "fts").glob("*.json")):
        waiting: list[object] = [json.loads(path.read_text("utf-8"))]
        while waiting:
            one = waiting.pop()
            if isinstance(one, dict):
                if one.get("type") == "Organization" and one.get("name"):
                    found.add(str(one["name"]))
                waiting += one.values()
            elif isinstance(one, list):
                waiting += one
    return sorted(found)


def recombined(lists: Frames, count: int) -> Iterator[str]:
    """Given and family names of listed persons put together anew: names that nobody listed bears."""
    persons = lists.listings.filter(kind="person").select("listing")
    names = lists.names.join(persons, on="listing").filter(pl.col("script") == "Latin")
    texts = names["name"].unique().sort().to_list()
    borne = {" ".join(sorted(fold(text).split())) for text in texts}
    two = [text.split() for text in texts if len(text.split()) == 2]
    made = 0
    for step in range(1, len(two)):
        for at in range(0, len(two) - step, 7):
            name = f"{two[at][0]} {two[at + step][1]}"
            if " ".join(sorted(fold(name).split())) in borne:
                continue
            yield name
            made += 1
            if made == count:
                return


def with_births(people: Sequence[Asked], lists: Frames) -> list[Asked]:
    """The same persons, each with the year of birth of somebody who is listed."""
    days = lists.births.drop_nulls("first").filter(pl.col("first") == pl.col("last")).sort("listing", "first")
    years = days["first"].to_list()
    return [
        asked(f"born {at}", one.name, "person", born=years[at * 7 % len(years)])
        for at, one in enumerate(people)
    ]


def alerts(found: Iterable[Hit], prefix: str) -> tuple[int, int]:
    """How many parties of a sort are hits, and how many of these are matches and no mere questions."""
    mine = [one for one in found if one.party.startswith(prefix) and one.said in OPEN]
    return len({one.party for one in mine}), len({one.party for one in mine if one.said == Said.MATCH})


def false_alerts(bench: Benchmark, what: str, found: Iterable[Hit], prefix: str, count: int) -> None:
    """Say of parties that nobody lists how many are hits all the same."""
    told, matched = alerts(found, prefix)
    bench.figures |= {
        what: count,
        f"{what}: false alerts per 1,000": 1000 * told / max(count, 1),
        f"{what}: of these matches per 1,000": 1000 * matched / max(count, 1),
    }


def main() -> None:
    """Screen, then count what was missed and what was false."""
    lists = every(sorted(FILES))
    true, numbers = dict(_named(true_hits(lists))), dict(_named(numbered(lists)))
    firms = [asked(f"firm {at}", name, "entity") for at, name in enumerate(organisations())]
    rest = ALL - len(true) - len(numbers) - len(firms)
    people = [asked(f"person {at}", name, "person") for at, name in enumerate(recombined(lists, rest))]
    parties = [*(one for _, one in (*true.values(), *numbers.values())), *firms, *people]
    bench = Benchmark("screen", {"parties": len(parties), "listings": lists.listings.height})
    days = {name: day for name, (day, _) in FILES.items()}
    on = date(2026, 11, 26)

    def screened() -> tuple[Hit, ...]:
        made: Ready = ready(lists, days)
        return hits(parties, made, Rules(), on)

    found = bench.measure("lists made ready, parties screened", screened, runs=1)
    told = {(one.party, one.source.listing) for one in found if one.said != Said.APART}
    missed = [id for id, (listing, _) in numbers.items() if (id, listing) not in told]
    known = sum((id, listing) in told for id, (listing, _) in true.items())
    bench.figures |= {"true hits": len(true), "equal numbers": len(numbers)}
    false_alerts(bench, "organisations of FTS", found, "firm ", len(firms))
    false_alerts(bench, "recombined persons", found, "person ", len(people))
    also = hits(with_births(people, lists), ready(lists, days), Rules(), on)
    false_alerts(bench, "recombined persons with the year of another's birth", also, "born ", len(people))
    bench.at_most(
        "seconds of one core", bench.runs["lists made ready, parties screened"].cpu_median, 30, unit="s"
    )
    bench.at_least("recall of romanised names", known / max(len(true), 1), 0.995, unit="")
    bench.at_most("equal numbers missed", len(missed), 0, unit="")
    bench.finish()


def _named(pairs: Iterable[tuple[str, Asked]]) -> Iterator[tuple[str, tuple[str, Asked]]]:
    return ((one.party, (listing, one)) for listing, one in pairs)


if __name__ == "__main__":
    main()

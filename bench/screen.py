"""Parties screened against all real lists: seconds, who is missed, how many alerts are false.

Names written otherwise (eight romanisations, initials, slips) and labelled pairs are of one half: the
program was developed in sight of the other (`--half development`).
"""

import os

# The goal is of one core; the table engine counts its threads when it is first loaded.
os.environ.setdefault("POLARS_MAX_THREADS", "1")

import json
from collections.abc import Callable, Iterator, Sequence

import polars as pl
from bench.aligning.lists import DATA, FILES, every
from bench.record import Benchmark, arguments
from bench.screening.asking import ON, Wanted, asked, false_alerts, pairs, year_of
from bench.screening.births import births
from bench.screening.halves import HALVES, spread
from bench.screening.identifiers import identifiers
from bench.screening.name_pairs import name_pairs
from bench.screening.rescreening import rescreening
from bench.screening.romanising import SCHEMES, applies, language, romanised
from bench.screening.spellings import altered, by_schemes, common, cyrillic, named

from konvoi.align.asking import Asked
from konvoi.align.frames import Frames
from konvoi.align.hits import Hit
from konvoi.align.identifiers import KPP, OTHER
from konvoi.align.listing import Identifier
from konvoi.align.roles import Rules
from konvoi.align.screening import Ready, hits, ready
from konvoi.kit.text import fold

TRUE, NUMBERED, ALL = 3000, 1000, 10_000
SECONDS = 10


def true_hits(lists: Ready) -> Iterator[Wanted]:
    """Yield listed parties with the Cyrillic name romanised, and the year of birth if the list has a day."""
    rows = pl.concat(named(lists, half) for half in HALVES).sort("listing", "name")
    chosen = spread(cyrillic(rows.filter(pl.col("kind").is_in(["person", "entity"]))), TRUE)
    for at, row in enumerate(chosen.iter_rows(named=True)):
        spoken = language(row["name"], row["regime"])
        schemes = [scheme for scheme in SCHEMES if applies(scheme, spoken)]
        name = romanised(row["name"], schemes[at % len(schemes)], spoken)
        yield Wanted(row["listing"], asked(f"true {at}", name, row["kind"], born=year_of(row["born"])))


def numbered(lists: Frames) -> Iterator[Wanted]:
    """Yield listed parties with a number alone, under a name that nobody has."""
    told = lists.identifiers.filter(~pl.col("type").is_in([KPP, OTHER]))
    kinds = lists.listings.filter(pl.col("kind").is_in(["person", "entity", "ship"]))
    rows = told.join(kinds.select("listing", what="kind"), on="listing")
    rows = rows.unique(("type", "value"), keep="first").sort("type", "listing", "value")
    for at, row in enumerate(spread(rows, NUMBERED).iter_rows(named=True)):
        number = Identifier(row["type"], row["value"], row["country"], row["valid"], row["text"])
        yield Wanted(row["listing"], asked(f"number {at}", f"Quorvex Zylph {at}", row["what"], number=number))


def organisations() -> list[str]:
    """Return the organisations of the pages of FTS, each once: givers and receivers of aid, in no list."""
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
    """Yield given and family names of listed persons put together anew: names that nobody listed bears."""
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
    """Return the same persons, each with the year of birth of somebody who is listed."""
    days = lists.births.drop_nulls("first").filter(pl.col("first") == pl.col("last")).sort("listing", "first")
    years = days["first"].to_list()
    return [
        asked(f"born {at}", one.name, "person", born=year_of(years[at * 7 % len(years)]))
        for at, one in enumerate(people)
    ]


def every_party(lists: Ready) -> tuple[list[Wanted], list[Wanted], list[Asked], list[Asked]]:
    """Return ten thousand parties: listed under another spelling, by a number, organisations and persons."""
    frames = lists.frames
    true, numbers = list(true_hits(lists)), list(numbered(frames))
    firms = [asked(f"firm {at}", name, "entity") for at, name in enumerate(organisations())]
    rest = ALL - len(true) - len(numbers) - len(firms)
    people = [asked(f"person {at}", name, "person") for at, name in enumerate(recombined(frames, rest))]
    return true, numbers, firms, people


def parties(bench: Benchmark, lists: Ready, half: str) -> None:
    """Screen ten thousand parties, then count what was missed and what was false."""
    frames = lists.frames
    true, numbers, firms, people = every_party(lists)
    all_parties = [*(one.party for one in (*true, *numbers)), *firms, *people]

    def screened() -> tuple[Hit, ...]:
        return hits(all_parties, ready(frames, lists.days), Rules(), ON)

    work = "lists made ready, parties screened"
    found = bench.measure(work, screened, runs=1)
    told = pairs(found)
    missed = [one for one in numbers if (one.party.party, one.listing) not in told]
    known = sum((one.party.party, one.listing) in told for one in true)
    bench.figures |= {"parties": len(all_parties), "true hits": len(true), "equal numbers": len(numbers)}
    false_alerts(bench, "organisations of FTS", found, "firm ", len(firms))
    false_alerts(bench, "recombined persons", found, "person ", len(people))
    also = hits(with_births(people, frames), lists, Rules(), ON)
    false_alerts(bench, "recombined persons with the year of another's birth", also, "born ", len(people))
    bench.at_most("seconds of one core", bench.runs[work].cpu_median, SECONDS, unit="s")
    bench.at_least("recall of romanised names", known / max(len(true), 1), 0.995, unit="")
    bench.at_most("equal numbers missed", len(missed), 0, unit="")


def again(bench: Benchmark, lists: Ready, half: str) -> None:
    """Screen the same parties again after changes of the lists."""
    true, numbers, firms, people = every_party(lists)
    rescreening(bench, lists, [*(one.party for one in (*true, *numbers)), *firms, *people])


TASKS: dict[str, Callable[[Benchmark, Ready, str], object]] = {
    "parties": parties,
    "re-screening": again,
    "identifiers": lambda bench, lists, _: identifiers(bench, lists.frames),
    "romanised": lambda bench, lists, half: by_schemes(bench, lists, named(lists, half)),
    "altered": lambda bench, lists, half: altered(bench, lists, named(lists, half)),
    "common names": lambda bench, lists, _: common(bench, lists),
    "births": lambda bench, lists, _: births(bench, lists),
    "name pairs": lambda bench, _, half: name_pairs(bench, half),
}


def main() -> None:
    """Run all tasks, or those that are named."""
    parser = arguments()
    parser.add_argument("tasks", nargs="*", help=f"{', '.join(TASKS)}; all where none is named")
    parser.add_argument("--half", choices=HALVES, default="held", help="listings that names are made of")
    said = parser.parse_args()
    chosen = [name for name in TASKS if not said.tasks or name in said.tasks]
    lists = ready(every(sorted(FILES)), {name: day for name, (day, _) in FILES.items()})
    data = {"listings": lists.frames.listings.height, "half": said.half, "tasks": ", ".join(chosen)}
    bench = Benchmark("screen", data)
    for name in chosen:
        TASKS[name](bench, lists, said.half)
    bench.finish(said)


if __name__ == "__main__":
    main()

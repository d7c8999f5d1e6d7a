"""The same person, company and ship known over lists of sanctions, beside logic-v2 of nomenklatura."""

import os

# The goals are of one thread; the table engine counts them when it is first loaded.
os.environ.setdefault("POLARS_MAX_THREADS", "1")

from collections.abc import Callable

from bench.aligning.companies import Regimes, companies
from bench.aligning.letters import letters, pairs_of_names
from bench.aligning.own_keys import own_keys
from bench.aligning.persons import papers, russia
from bench.aligning.ships import ships
from bench.record import Benchmark, arguments

_COMPANIES: dict[str, Regimes] = {
    "companies EU-UA": [("eu", "ua")],
    "companies EU-US": [("eu", "us")],
    "companies US-UA": [("ua", "us")],
    "companies UK": [("eu", "uk"), ("ua", "uk"), ("uk", "us")],
}
_SHIPS: Regimes = [("eu", "us"), ("eu", "uk"), ("uk", "us")]
_ALONE: dict[str, Callable[[Benchmark, str], None]] = {
    "persons on Russia": russia,
    "persons by papers": papers,
    "two alphabets": letters,
    "own keys": own_keys,
}
TASKS = [*_COMPANIES, "ships", "pairs of names", *_ALONE]


def ran(bench: Benchmark, name: str, *, alone: bool) -> None:
    """Run one task. alone: without the peer."""
    if name in _COMPANIES:
        companies(bench, name, _COMPANIES[name], alone=alone)
    elif name == "ships":
        ships(bench, name, _SHIPS, alone=alone)
    elif name == "pairs of names":
        pairs_of_names(bench, name, alone=alone)
    else:
        _ALONE[name](bench, name)


def main() -> None:
    """Run all tasks, or those that are named."""
    parser = arguments()
    parser.add_argument("tasks", nargs="*", help=f"{', '.join(TASKS)}; all where none is named")
    parser.add_argument("--alone", action="store_true", help="ours only, without the peer")
    asked = parser.parse_args()
    chosen = [name for name in TASKS if not asked.tasks or name in asked.tasks]
    bench = Benchmark("align", {"tasks": ", ".join(chosen)})
    for name in chosen:
        ran(bench, name, alone=asked.alone)
    bench.finish(asked)


if __name__ == "__main__":
    main()

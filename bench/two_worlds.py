"""Compare pairs of instances of the web that differ in one secret: nobody else is told of it.

For each pair an instance with records of all subjects is copied, a party is given a secret (a package that it
keeps to itself, offers and dispatches, a position, a person, an upload in quarantine, a scenario shared with
it alone, and others), and everything that others are given is compared with what they are given without it:
pages, parts of pages, exports and forms, with their headers. `--first` lets several processes compare a part
of the pairs each; `--third` asks as every third viewer, the others with the next pairs of the same kind.
"""

import json
import tempfile
import time
from collections import Counter
from pathlib import Path

import tests.web.conftest as prepared
from bench.record import arguments
from tests.web.pair_secrets import SECRETS, VIEWERS
from tests.web.pairs import Pairs
from tests.web.pairs import prepared as copied_once
from tests.web.world import make


def main() -> None:
    """Compare, and exit with 1 if anything differs."""
    parser = arguments()
    parser.add_argument("--pairs", type=int, default=300)
    parser.add_argument("--first", type=int, default=0, help="number of the first pair")
    parser.add_argument("--third", action="store_true", help="ask as a third of the viewers in each pair")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as base:
        template = Path(base) / "template"
        make(template, Path(base) / "files", prepared.migrate)
        folder, addresses = copied_once(template, Path(base) / "base")
        pairs = Pairs(folder, Path(base), addresses)
        answers = sum(len(one) for one in pairs.plain.values())
        numbers = range(asked.first, asked.first + asked.pairs)
        found = [
            one for number in numbers for one in pairs.differences(number, asked.seed, third=asked.third)
        ]
    kinds = Counter(SECRETS[number % len(SECRETS)].name for number in numbers)
    told = {
        "data": {
            "pairs": asked.pairs,
            "first": asked.first,
            "seed": asked.seed,
            "kinds": kinds,
            "viewers": len(VIEWERS),
            "third of the viewers in each pair": asked.third,
        },
        "addresses": len(addresses),
        "answers in each world": answers,
        "seconds": round(time.monotonic() - begun),
        "goals": [{"goal": "differences", "wanted": 0, "measured": len(found), "reached": not found}],
        "differences": found[:20],
    }
    if asked.json:
        print(json.dumps(told, indent=1, ensure_ascii=False))
    else:
        print(
            f"{asked.pairs} pairs, {len(VIEWERS)} viewers, {len(addresses)} addresses, {answers} answers "
            f"in each world, {len(found)} differences, {told['seconds']} s"
        )
        print("\n".join(found[:20]))
    raise SystemExit(1 if found else 0)


if __name__ == "__main__":
    main()

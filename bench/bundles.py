"""Exchange bundles of random markings between two workspaces: PL sees the same in both, nobody sees more."""

import random
import sys
import tempfile
from functools import partial
from pathlib import Path

from bench.record import Benchmark, arguments
from tests.flow.federation.exchanges import DOCUMENTS, MARKINGS, OTHERS, Exchange, wrong


def exchange(dice: random.Random) -> Exchange:
    """Draw the markings of one exchange: two to six packages and line items of each party."""
    german, items, polish = (dice.choices(MARKINGS, k=dice.randint(2, 6)) for _ in range(3))
    return Exchange(german, items, polish, dice.choice(DOCUMENTS), dice.choice(OTHERS))


def main() -> None:
    """Exchange as many bundles as asked for, each between two new workspaces."""
    parser = arguments()
    parser.add_argument("--bundles", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    bench = Benchmark("bundles", data={"bundles": asked.bundles, "seed": asked.seed})
    dice = random.Random(asked.seed)
    found = []
    for number in range(asked.bundles):
        one = exchange(dice)
        with tempfile.TemporaryDirectory() as folder:
            found += bench.once("exchange", partial(_said, number, one, Path(folder)))
    print("\n".join(found[:20]), end="\n" if found else "", file=sys.stderr)
    bench.at_most("views that differ or show more than their markings admit", len(found), 0, unit="")
    bench.finish(asked)


def _said(number: int, one: Exchange, folder: Path) -> list[str]:
    return [f"bundle {number}: {fault}: {one}" for fault in wrong(one, folder)]


if __name__ == "__main__":
    main()

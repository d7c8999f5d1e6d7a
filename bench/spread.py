"""Match 100,000 made-up people on one machine and on a cluster: equal answers, also when a worker is lost."""

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.matching.crowd import CROWD_SETTINGS, crowd
from bench.record import Benchmark, arguments

from konvoi.gateways.cluster import cluster
from konvoi.link.match import Matches, match
from konvoi.link.pair_backend import Work
from konvoi.link.spark_backend import Scattered, Spread

_AFTER = 2.0


@dataclass(frozen=True)
class Bereft(Spread):
    """A cluster that loses a worker, by the number of its process, two seconds after it has its work."""

    worker: int = 0

    @contextmanager
    def coded(self, work: Work) -> Iterator[Scattered]:
        """All pairs in blocks as codes, as of a cluster that loses nobody."""
        with super().coded(work) as pairs:
            threading.Timer(_AFTER, os.kill, (self.worker, signal.SIGKILL)).start()
            yield pairs


def equal(found: Matches, other: Matches) -> bool:
    """Whether pairs with their codes, clusters and weights are equal to the last place."""
    return (
        found.findings == other.findings
        and found.pairs.equals(other.pairs)
        and found.clusters.equals(other.clusters)
        and found.weights.equals(other.weights)
    )


def main() -> None:
    """Run on one machine, then on the cluster, then on the cluster while a worker is ended."""
    parser = arguments()
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--master", default="local[2]")
    parser.add_argument("--end", type=int, help="the number of a worker's process, to be ended in the midst")
    asked = parser.parse_args()
    records = crowd(asked.records, 1)
    bench = Benchmark("spread", {"records": asked.records, "master": asked.master})
    here = bench.once("one machine", lambda: match(records, CROWD_SETTINGS))
    with cluster(asked.master, CROWD_SETTINGS.memory) as engine:
        spread = bench.once("cluster", lambda: match(records, CROWD_SETTINGS, engine=engine))
        bench.at_least("pairs, clusters and weights are equal", equal(spread, here), 1, unit="")
        if asked.end:
            losing = Bereft(engine.session, engine.failures, asked.end)
            bereft = bench.once("a worker lost", lambda: match(records, CROWD_SETTINGS, engine=losing))
            bench.at_least("equal with a worker lost", equal(bereft, here), 1, unit="")
            bench.at_most("that worker is gone", Path(f"/proc/{asked.end}").exists(), 0, unit="")
    bench.figures["pairs"] = here.pairs.height
    bench.finish(asked)


if __name__ == "__main__":
    main()

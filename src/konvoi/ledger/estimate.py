"""Expected figures of clusters with too many undecided pairs to go through all decisions."""

from collections.abc import Callable, Mapping

from konvoi.ledger.decisions import Cluster, Consistency
from konvoi.ledger.once import Values, counting


def likeliest(
    cluster: Cluster, values: Values, by_key: Callable[[Mapping[str, int]], Mapping[str | None, int]]
) -> dict[str | None, float]:
    """Return what counts if each pair, from the most probable on, gets its likelier consistent answer."""
    rules = Consistency(cluster)
    taken = rules.start
    options = [(option, decision) for decision in cluster.decisions for option in decision.options]
    done = set()
    for option, decision in sorted(options, key=lambda one: (-one[0].probability, one[1].ends)):
        if decision.ends in done or option.probability < 0.5:
            continue
        accepted = rules.accept(taken, option)
        if accepted is not None and rules.holds(accepted):
            taken = accepted
            done.add(decision.ends)
    rows = sorted(taken.rows, key=lambda row: (row["relation"], row["left"], row["right"]))
    return {key: float(amount) for key, amount in by_key(counting(values, rows).counts).items()}

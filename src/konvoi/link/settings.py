"""Settings of a match: comparisons, blocks, the records that may be joined, thresholds."""

from dataclasses import dataclass

from konvoi.link.comparison import Comparison


@dataclass(frozen=True)
class Window:
    """Largest distance in days of two records of a block: `before` and `after` as seen from the left one."""

    column: str
    before: int
    after: int


@dataclass(frozen=True)
class Block:
    """Candidate pairs of one kind: those that are equal in all columns of `on`, joined by hash.

    A column that holds lists joins where one element is equal. right: the columns of the right record where
    they are called otherwise. narrower: further columns by which a group of more than `most` pairs is split;
    what is still too big is put aside and reported as overflow, never cut. overflow: whether such a group is
    left in the "queue" for later, or the whole match is to "refuse" it.
    """

    name: str
    on: tuple[str, ...]
    right: tuple[str, ...] = ()
    window: Window | None = None
    narrower: tuple[str, ...] = ()
    most: int = 200_000
    overflow: str = "queue"


@dataclass(frozen=True)
class Population:
    """Pairs that a record could be mistaken in: chance agreement is counted in an even sample of them.

    block: its keys and window; it is never joined, and its groups may have any size. comparison: the one
    whose first answer all pairs of it give. jointly: comparisons whose answers depend on one another. held:
    comparisons that keep their declared weights, because these are a rule and not a frequency.
    once: columns of the document and source that a record stands in, where these state a thing once.
    """

    block: Block
    comparison: str
    jointly: tuple[tuple[str, ...], ...] = ()
    held: tuple[str, ...] = ()
    once: tuple[str, ...] = ()


@dataclass(frozen=True)
class Settings:
    """Everything a match depends on besides the tables.

    id: the column that names a record, unique over all tables. between: "all" pairs, those "within" one
    table, or those "across" two tables. directed: whether (a, b) and (b, a) are two pairs; then the blocks'
    `on` belongs to the left record. allowed: SQL over `l` and `r`; pairs for which it does not hold are
    ignored. apart: columns (such as scheme and number) that no cluster may hold two values of: the
    last is the value, the ones before say of what. once: whether each table holds each thing once, so that
    no cluster holds two records of one table. prior: the probability that a pair belongs together
    before anything is compared (of pairs in blocks; with `learn`, of all pairs). least: pairs below this
    probability are left out. join: pairs from this probability on make clusters, if the mean over all pairs
    of the joined cluster is at least `mean`. learn: whether weights are estimated from the tables (EM).
    population: where weights are estimated beside declared ones (konvoi.link.population); the density of a
    record is then how many pairs of it the population has. memory and threads: of the engine.
    """

    comparisons: tuple[Comparison, ...]
    blocks: tuple[Block, ...]
    id: str = "id"
    relation: str = "same_as"
    between: str = "all"
    directed: bool = False
    allowed: str = "TRUE"
    apart: tuple[str, ...] = ()
    once: bool = False
    prior: float = 0.01
    least: float = 0.01
    join: float = 0.5
    mean: float = 0.3
    learn: bool = False
    sample: int = 1_000_000
    by_density: bool = False
    population: Population | None = None
    interactions: bool = True
    pairs: int = 500_000_000
    memory: str = "2GB"
    threads: int = 2
    spill: str = ""

"""The form of a comparison: ordered levels, each an answer in words and a predicate; missing is one too."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log2, prod

MISSING = "not known on both sides"
"""The answer where a comparison lacks a value."""
_ROOM = 2**62


@dataclass(frozen=True)
class Similarity:
    """Similarity of two texts, from 0 to 1, worked out once for each distinct pair of values.

    In predicates it is `s."name"`. column: of both sides. measure: a name in konvoi.link.similarity.MEASURES.
    """

    name: str
    column: str
    measure: str


@dataclass(frozen=True)
class Level:
    """One answer: its label (an English message id), when it holds, and how often it is given.

    predicate: SQL over the left record `l`, the right record `r` and similarities `s`, in the part of SQL
    that DuckDB and Spark share. true: the share of pairs that belong together with this answer; chance: the
    same share among all others. The base-2 logarithm of true over chance is the weight in bits.
    """

    label: str
    predicate: str
    true: float
    chance: float

    @property
    def weight(self) -> float:
        """Return the weight of this answer for (above zero) or against a pair, in bits."""
        return log2(self.true / self.chance)


@dataclass(frozen=True)
class Comparison:
    """Levels in order: the first whose predicate holds is the answer; the last one holds always.

    columns: those that must be known on both sides. Where one is not, the answer is `missing`: it is a
    level of its own, with weight 0 unless `missing_true` and `missing_chance` are given. unknown: SQL for
    further cases in which the two sides cannot be compared.
    """

    name: str
    columns: tuple[str, ...]
    levels: tuple[Level, ...]
    similarities: tuple[Similarity, ...] = ()
    missing: str = MISSING
    missing_true: float = 0.1
    missing_chance: float = 0.1
    unknown: str = ""

    @cached_property
    def answers(self) -> tuple[Level, ...]:
        """All levels by their code: `missing` is 0, the others follow from 1."""
        tests = [f'l."{column}" IS NULL OR r."{column}" IS NULL' for column in self.columns]
        tests += [self.unknown] if self.unknown else []
        return (
            Level(self.missing, " OR ".join(tests) or "FALSE", self.missing_true, self.missing_chance),
            *self.levels,
        )

    def faults(self) -> list[str]:
        """Return the faults of the comparison itself, in words; empty if there are none."""
        labels = [level.label for level in self.answers]
        found = [
            f"the answer {label!r} stands twice" for label in sorted(set(labels)) if labels.count(label) > 1
        ]
        if not self.levels:
            return [*found, "it has no levels"]
        if self.levels[-1].predicate != OTHERWISE:
            found.append("its last level does not hold always")
        if any(not 0 < share <= 1 for level in self.answers for share in (level.true, level.chance)):
            found.append("a share is not above 0 and at most 1")
        return found


OTHERWISE = "TRUE"
"""The predicate of a last level."""


@dataclass(frozen=True)
class Codes:
    """The answers of a pair to all comparisons, packed into one whole number and back."""

    comparisons: tuple[Comparison, ...]

    def __post_init__(self) -> None:
        """Refuse more answers than one number can encode."""
        if prod(self.sizes) > _ROOM:
            raise ValueError(f"too many levels to pack into one number: {prod(self.sizes)}")

    @cached_property
    def sizes(self) -> tuple[int, ...]:
        """Return the number of answers of each comparison."""
        return tuple(len(comparison.answers) for comparison in self.comparisons)

    def pack(self, levels: Sequence[int]) -> int:
        """The code of one answer to each comparison.

        >>> two = Comparison("x", (), (Level("equal", "l.x = r.x", .9, .1), Level("not", "TRUE", .1, .9)))
        >>> codes = Codes((two, two))
        >>> codes.pack((2, 1)), codes.unpack(5)
        (5, (2, 1))
        """
        if len(levels) != len(self.sizes):
            raise ValueError(f"{len(levels)} answers to {len(self.sizes)} comparisons")
        code = 0
        factor = 1
        for level, size in zip(levels, self.sizes, strict=True):
            if not 0 <= level < size:
                raise ValueError(f"no such level: {level} of {size}")
            code = code + level * factor
            factor = factor * size
        return code

    def unpack(self, code: int) -> tuple[int, ...]:
        """One answer to each comparison, from a code."""
        levels = []
        for size in self.sizes:
            code, level = divmod(code, size)
            levels.append(level)
        return tuple(levels)

    def words(self, code: int) -> list[tuple[str, str]]:
        """The code in words: (comparison, label of the answer)."""
        answers = zip(self.comparisons, self.unpack(code), strict=True)
        return [(comparison.name, comparison.answers[level].label) for comparison, level in answers]

    def sql(self) -> str:
        """The code of the pair (l, r) with its similarities s as one SQL expression."""
        return "\n + ".join(self.terms) or "0"

    @property
    def terms(self) -> tuple[str, ...]:
        """Return the term that each comparison adds to the code, as SQL."""
        cases = (_case(comparison.answers) for comparison in self.comparisons)
        return tuple(f"{factor} * ({case})" for factor, case in zip(self.factors, cases, strict=True))

    @cached_property
    def factors(self) -> tuple[int, ...]:
        """Return the factor of each comparison's answer in the code."""
        return tuple(prod(self.sizes[:n]) for n in range(len(self.sizes)))


def named(comparisons: Iterable[Comparison]) -> Mapping[str, Comparison]:
    """Comparisons by name; two of one name are a mistake."""
    found: dict[str, Comparison] = {}
    for comparison in comparisons:
        if comparison.name in found:
            raise ValueError(f"two comparisons are called {comparison.name!r}")
        found[comparison.name] = comparison
    return found


def _case(levels: Sequence[Level]) -> str:
    whens = " ".join(f"WHEN {level.predicate} THEN {n}" for n, level in enumerate(levels[:-1]))
    return f"CASE {whens} ELSE {len(levels) - 1} END"

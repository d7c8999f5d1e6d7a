"""A rate as counted in a file, and how a table of rates is written."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

QUANTILES = 21


@dataclass(frozen=True)
class Rate:
    """What was counted: a share, counts by value, or quantiles, with the file, the column and the manner."""

    name: str
    file: str
    column: str
    counted: str
    share: tuple[int, int] | None = None
    counts: dict[str, int] | None = None
    quantiles: tuple[int, ...] | None = None

    def toml(self) -> str:
        """The rate as one table of a TOML document."""
        lines = [f"[{self.name}]"]
        if self.share:
            top, bottom = self.share
            lines += [f"value = {top / bottom:.6f}", f"numerator = {top}", f"denominator = {bottom}"]
        if self.counts:
            lines += [f"values = {_list(self.counts)}", f"counts = {list(self.counts.values())}"]
        if self.quantiles:
            lines.append(f"quantiles = {list(self.quantiles)}")
        told = (("file", self.file), ("column", self.column), ("counted", self.counted))
        return "\n".join([*lines, *(f"{key} = {_quoted(text)}" for key, text in told)])


def _quoted(text: str) -> str:
    """Text as a basic string of TOML."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _list(values: Iterable[str]) -> str:
    """A list of texts in TOML."""
    return "[" + ", ".join(_quoted(value) for value in values) + "]"


def tally(values: Iterable[object], most: int | None = None) -> dict[str, int]:
    """How often each value stands, by value where all are whole numbers, else by count and name."""
    counted = Counter(values)
    if all(isinstance(value, int) for value in counted):
        rows = sorted(counted.items(), key=lambda row: int(str(row[0])))
    else:
        rows = sorted(counted.items(), key=lambda row: (-row[1], str(row[0])))
    return {str(value): count for value, count in rows[:most]}


def spread(values: Sequence[int]) -> tuple[int, ...]:
    """The quantiles 0, 5, ... 100 in a hundred, each a value that was seen."""
    ranked = sorted(values)
    return tuple(ranked[round(step * (len(ranked) - 1) / (QUANTILES - 1))] for step in range(QUANTILES))


def digits(amount: float) -> int:
    """Significant digits of an amount, to the whole unit.

    >>> digits(1_200_000), digits(661_226_068)
    (2, 9)
    """
    return len(str(round(abs(amount))).rstrip("0"))


def mantissa(amount: float, figures: int) -> int:
    """The first digits of an amount.

    >>> mantissa(1_200_000, 2)
    12
    """
    return int(str(round(abs(amount))).ljust(figures, "0")[:figures])


def repeated(keys: Iterable[object]) -> int:
    """How many stand beside another with the same key."""
    return sum(count for count in Counter(keys).values() if count > 1)

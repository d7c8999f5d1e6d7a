"""Rules by which many pairs are decided at once: two senders, a relation, and one answer of a comparison."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from konvoi.kit.digest import key
from konvoi.link.comparison import MISSING

if TYPE_CHECKING:
    from konvoi.web.matching.queries import Desk, Row

MOST = 200
"""So many pairs a rule decides at once."""


@dataclass(frozen=True)
class Rule:
    """A rule. first, second: senders, in any order. comparison, answer: as they stand in the evidence."""

    first: str = ""
    second: str = ""
    relation: str = ""
    comparison: str = ""
    answer: str = ""

    @classmethod
    def of(cls, given: Mapping[str, str]) -> "Rule":
        """Return the rule that the fields of a form state."""
        comparison, _, answer = given.get("evidence", "").partition("=")
        first, _, second = given.get("senders", "").partition("|")
        return cls(first, second, given.get("relation", ""), comparison, answer)

    @property
    def is_whole(self) -> bool:
        """True for a rule in which nothing is left open."""
        return all((self.first, self.second, self.relation, self.comparison, self.answer))

    @property
    def senders(self) -> str:
        """Both senders as a form states them."""
        return f"{self.first}|{self.second}" if self.first else ""

    @property
    def evidence(self) -> str:
        """The answer as a form states it."""
        return f"{self.comparison}={self.answer}" if self.comparison else ""

    @property
    def text(self) -> str:
        """The rule as it is kept with each decision."""
        return f"{self.first}, {self.second}, {self.relation}, {self.comparison}: {self.answer}"

    def digest(self, rows: "Iterable[Row]") -> str:
        """Return a digest of the rule with its pairs and their values."""
        return key(self.text, *sorted((one.id, str(one.values["seen"])) for one in rows))


def evidence_of(text: str | None) -> Iterator[tuple[str, str]]:
    """Yield comparison and answer of the evidence of a pair."""
    try:
        found = json.loads(text or "[]")
    except ValueError:
        return
    for one in found if isinstance(found, list) else ():
        if isinstance(one, list) and len(one) > 1 and one[1] not in ("", MISSING):
            yield str(one[0]), str(one[1])


def fitting(desk: "Desk", rule: Rule) -> pl.DataFrame:
    """Return the open pairs to which a rule applies, at most MOST, in the order of the queue."""
    if not rule.is_whole:
        return desk.states.clear()
    found = _between(desk, rule).filter(pl.col("relation") == rule.relation)
    wanted = (rule.comparison, rule.answer)
    holds = [wanted in set(evidence_of(one)) for one in found["evidence"]]
    return found.filter(pl.Series(holds, dtype=pl.Boolean)).head(MOST)


def _between(desk: "Desk", rule: Rule) -> pl.DataFrame:
    """Return the open pairs of two senders."""
    left, right = pl.col("left_source"), pl.col("right_source")
    straight = (left == rule.first) & (right == rule.second)
    turned = (left == rule.second) & (right == rule.first)
    return desk.states.filter((pl.col("state") == "open") & (straight | turned).fill_null(False))


def senders(desk: "Desk") -> list[tuple[str, str, str, int]]:
    """Return pairs of senders (as a form states them, and each) with the number of their open pairs."""
    rows = desk.states.filter(pl.col("state") == "open").select("left_source", "right_source").iter_rows()
    counts = Counter(tuple(sorted((left or "", right or ""))) for left, right in rows)
    return [
        (f"{first}|{second}", first, second, count)
        for (first, second), count in counts.most_common()
        if first
    ]


def answers_between(desk: "Desk", rule: Rule) -> list[tuple[str, str, int]]:
    """Return comparison, answer and number of pairs of what a rule can name for its senders and relation."""
    found = _between(desk, rule).filter(pl.col("relation") == rule.relation)
    counts = Counter(one for text in found["evidence"] for one in set(evidence_of(text)))
    return [(*one, count) for one, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]

"""Answers of persons on each pair, read from the decisions on record."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import polars as pl

from konvoi.flow.matching.relate import judged
from konvoi.flow.matching.review_results import pair_id
from konvoi.flow.store import JUDGEMENTS, kept_text
from konvoi.gateways.refusal import Refused
from konvoi.reconcile.judgement import standing
from konvoi.web.accounts.models import User
from konvoi.web.matching.models import OpinionAsked
from konvoi.web.record import OfRecord

DISAGREE = "two reviewers disagree; a third person decides"
"""Reason of the decision `unsure` by which a pair is open again after two different answers."""
FIRM = ("same", "different")


@dataclass(frozen=True)
class Answer:
    """A decision on record that was not taken back. by: id of a person, or a name from the command line."""

    pair: str
    by: str
    verdict: str
    at: str
    reason: str
    judgement: str
    drawn: str
    seen: str

    @property
    def returns(self) -> bool:
        """True for the row by which a pair returns for a third person."""
        return self.verdict == "unsure" and self.reason == DISAGREE


Answers = Mapping[str, Sequence[Answer]]
"""Answers by pair, in their order."""


@dataclass(frozen=True)
class _Judged:
    """Decisions on record. rows: of judgements.csv."""

    rows: pl.DataFrame

    @cached_property
    def answers(self) -> Answers:
        """The answers by pair that were not taken back."""
        found: dict[str, list[Answer]] = {}
        for row in standing(self.rows).iter_rows(named=True):
            told = {name: row[name] or "" for name in ("left", "right", "relation")}
            one = Answer(
                pair_id(**told),
                *(
                    row[name] or ""
                    for name in ("by", "verdict", "at", "reason", "judgement", "drawn", "seen")
                ),
            )
            found.setdefault(one.pair, []).append(one)
        return found


def _judged(folder: Path) -> _Judged:
    rows, broken = judged(kept_text(folder, JUDGEMENTS) or "")
    if broken:
        raise Refused(f"{JUDGEMENTS}: cannot be read ({broken[0].read}); mend it before the next decision")
    return _Judged(rows)


_JUDGED = OfRecord(_judged)


def judgements_now() -> pl.DataFrame:
    """Return the rows of judgements.csv as they are now; read once for each state of the record."""
    return _JUDGED.now().rows


def answers_now() -> Answers:
    """Return the answers on record by pair; read once for each state of the record."""
    return _JUDGED.now().answers


def disagreement(given: Sequence[Answer]) -> bool:
    """Return True while a pair waits for a third person: two have answered differently, none since."""
    since = [one for one in given if one.verdict in FIRM or one.returns]
    return bool(since) and since[-1].returns


def answered(given: Sequence[Answer]) -> frozenset[str]:
    """Return who has answered."""
    return frozenset(one.by for one in given if not one.returns)


def open_requests(answers: Answers) -> dict[str, list[OpinionAsked]]:
    """Return the second opinions that were asked for and not given yet, by pair."""
    found: dict[str, list[OpinionAsked]] = {}
    for one in OpinionAsked.objects.order_by("at"):
        since = one.at.isoformat(timespec="microseconds")
        given = answers.get(one.pair, ())
        if not any(answer.by == str(one.person) and answer.at > since for answer in given):
            found.setdefault(one.pair, []).append(one)
    return found


def asked_of(person: str, answers: Answers) -> frozenset[str]:
    """Return the pairs that wait for one person: a second opinion that was asked of it, or a third."""
    second = {
        pair
        for pair, some in open_requests(answers).items()
        if any(str(one.person) == person for one in some)
    }
    third = {pair for pair, given in answers.items() if disagreement(given) and person not in answered(given)}
    return frozenset(second | third)


@dataclass(frozen=True)
class Agreement:
    """Number of pairs that two persons answered, and on how many of them the first two agree."""

    pairs: int
    agreed: int


def agreement(answers: Answers) -> Agreement:
    """Return the agreement between reviewers, by the first two persons who decided on a pair."""
    pairs = agreed = 0
    for given in answers.values():
        first: dict[str, str] = {}
        for one in given:
            if one.verdict in FIRM and len(first) < 2:
                first.setdefault(one.by, one.verdict)
        if len(first) == 2:
            pairs += 1
            agreed += len(set(first.values())) == 1
    return Agreement(pairs, agreed)


def person_names(given: Sequence[str]) -> dict[str, str]:
    """Return the names of persons by what stands in the record; a name of the command line is one already."""
    ids = {}
    for one in given:
        try:
            ids[one] = uuid.UUID(one)
        except ValueError:
            continue
    known = {user.pk: str(user) for user in User.objects.filter(pk__in=ids.values())}
    return {one: known.get(ids[one], one) if one in ids else one for one in given}

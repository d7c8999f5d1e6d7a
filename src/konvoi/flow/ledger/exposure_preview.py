"""Exposure preview: what each reader could infer for confidential records, before they are kept."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple

import polars as pl

from konvoi.flow.ledger.contributions import Ground, audiences, contributions, figures, record, released_to
from konvoi.flow.ledger.released_figures import releases
from konvoi.gateways.refusal import Refused
from konvoi.ledger.disclosure import Exposure, Protection, exposures
from konvoi.ledger.question import Question
from konvoi.ledger.release import EXPLICIT_MODES, TWO_PARTNERS, Contribution, Figure, Release
from konvoi.model.markings import PUBLIC

_MOST = 12
"""Contributors of which pairs are looked at, those with the largest amounts first."""

Ends = tuple[Decimal | None, Decimal | None]
_NOTHING: Ends = (Decimal(0), None)


@dataclass(frozen=True)
class Preview:
    """The range that readers could infer for one record with an explicit count mode.

    readers: those who could infer the same, or TWO_PARTNERS. now: from all figures released to them. then:
    if these figures were released anew with the record, or the total for the first time. refused: whether
    that release would be refused, as they could infer too much. Ends are in `unit`; None: without an end.
    """

    record: str
    mode: str
    readers: tuple[str, ...]
    unit: str
    now: Ends
    then: Ends
    refused: bool

    def as_dict(self) -> dict[str, object]:
        """The preview as plain values."""
        return {
            "record": self.record,
            "count_mode": self.mode,
            "readers": list(self.readers),
            "unit": self.unit,
            "now": list(self.now),
            "then": list(self.then),
            "refused": self.refused,
        }


def exposure_preview(base: Ground, documents: Iterable[str]) -> tuple[Preview, ...]:
    """Return the ranges that the public, each partner and two partners together could infer for the records
    of some documents.

    base: with the documents in it. A reader who may see a record, as its owner may, is left out for it. Two
    partners are told of where they could infer more than each of them alone, and are not named: who they are
    would tell who contributes.
    """
    explicit = base.gathered.ledger.entries.filter(
        pl.col("submission").is_in(sorted(documents)), pl.col("count_mode").is_in(EXPLICIT_MODES)
    )
    if explicit.is_empty():
        return ()
    rows = explicit.select("party", "source", "count_mode", record=record())
    rows = rows.sort("record", "count_mode").unique("record", keep="first", maintain_order=True)
    before = releases(base.work.folder)
    percent = Protection(**base.work.settings.release).interval
    alike: dict[tuple[str, Ends, Ends], Preview] = {}
    alone: dict[str, _Inferred] = {}
    for reader in audiences(base, PUBLIC, {one.reader for one in before}):
        alone[reader] = found = _inferred(base, (reader,), before)
        for row in rows.iter_rows(named=True):
            name = row["record"]
            if _knows(base, reader, row):
                continue
            told = found.then.get(name)
            refused = told is not None and told.narrow(percent)
            made = _preview(row, reader, found.now.get(name), told, refused=refused)
            first = alike.setdefault((name, made.now, made.then), made)
            if first is not made:
                alike[name, made.now, made.then] = replace(first, readers=(*first.readers, reader))
    together = _of_two(base, alone, rows.to_dicts(), before)
    return tuple(sorted((*alike.values(), *together), key=lambda one: one.record))


class _Inferred(NamedTuple):
    """The closest inference on each record, from released figures and with the same ones released anew."""

    now: Mapping[str, Exposure]
    then: Mapping[str, Exposure]


def _inferred(base: Ground, readers: tuple[str, ...], before: Sequence[Release]) -> _Inferred:
    """Return what readers could infer who tell one another all that they know."""
    known = {reader: released_to(base, reader, before) for reader in readers}
    given = {id(release) for some in known.values() for release in some}
    old = [one for release in before if id(release) in given for one in release.figures]
    anew = [one for reader in readers for one in _anew(base, reader, known[reader])]
    tests = [base.sees(reader) for reader in readers]

    def sees(one: Contribution) -> bool:
        return any(test(one) for test in tests)

    return _Inferred(_narrowest(exposures(old, sees)), _narrowest(exposures([*old, *anew], sees)))


def _knows(base: Ground, reader: str, row: Mapping[str, str]) -> bool:
    """Return True if a reader may see a record, or it is its own."""
    return reader in (row["party"], row["source"]) or row["record"] in base.records_seen(reader)


def _preview(
    row: Mapping[str, str], reader: str, now: Exposure | None, then: Exposure | None, *, refused: bool
) -> Preview:
    return Preview(
        row["record"],
        row["count_mode"],
        (reader,),
        then.unit if then else "",
        now.ends if now else _NOTHING,
        then.ends if then else _NOTHING,
        refused,
    )


def _of_two(
    base: Ground,
    alone: Mapping[str, _Inferred],
    rows: Sequence[Mapping[str, str]],
    before: Sequence[Release],
) -> Iterator[Preview]:
    """Yield the closest ranges that two partners together could infer for records, where they are closer
    than what each reader alone could infer.
    """
    explicit = base.gathered.ledger.entries.filter(pl.col("count_mode").is_in(EXPLICIT_MODES))
    sums = (
        explicit.group_by("party")
        .agg(pl.col("amount_minor").sum())
        .sort("amount_minor", "party", descending=[True, False])
    )
    partners = [one for one in sums["party"] if one in alone and base.view(one).partner]
    pairs = {pair: _inferred(base, pair, before) for pair in combinations(sorted(partners[:_MOST]), 2)}
    for row in rows:
        known = [found for pair, found in pairs.items() if not any(_knows(base, one, row) for one in pair)]
        others = [found for reader, found in alone.items() if not _knows(base, reader, row)]
        ends = []
        for when in ("now", "then"):
            closest = _closest(getattr(found, when).get(row["record"]) for found in known)
            single = _closest(getattr(found, when).get(row["record"]) for found in others)
            closer = closest and (single is None or closest.closeness < single.closeness)
            ends.append((closest or single, closer))
        (now, nearer), (then, closer) = ends
        if nearer or closer:
            yield _preview(row, TWO_PARTNERS, now, then, refused=False)


def _closest(found: Iterable[Exposure | None]) -> Exposure | None:
    return min((one for one in found if one), key=lambda one: one.closeness, default=None)


def _narrowest(found: Iterable[Exposure]) -> dict[str, Exposure]:
    """Return the closest inference on each record, over all its amounts."""
    records: dict[str, Exposure] = {}
    for one in found:
        before = records.get(one.name)
        if one.subject == "record" and (before is None or one.closeness < before.closeness):
            records[one.name] = one
    return records


def _anew(base: Ground, reader: str, known: Sequence[Release]) -> list[Figure]:
    """The figures that a reader was given, with what contributes to them by now.

    Where nothing was released to it, the total of pledged amounts. A release that does not say whether it
    left out contributions that are `band only` is supposed in both ways.
    """
    asked = {
        (one.question, one.reader, exact): _rows_of(one)
        for one in known
        for exact in ((False, True) if one.exact is None else (one.exact,))
    }
    found: list[Figure] = []
    for (question, audience, exact), only in (asked or {(Question(mix=True), reader, False): None}).items():
        try:
            counted, _, unit = contributions(base, question, audience, with_bands=not exact)
        except Refused:
            # A total that would count twice is not released either.
            continue
        keys = [key for key in only or () if key in counted]
        found += figures(question, counted, unit, keys) if keys or only is None else ()
    return found


def _rows_of(release: Release) -> tuple[str, ...] | None:
    """The rows to which a release was limited; None where the total was released."""
    keys = tuple(one.key for one in release.figures)
    return None if "" in keys else keys

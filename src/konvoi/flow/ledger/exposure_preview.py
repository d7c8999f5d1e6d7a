"""Exposure preview: what each reader could infer for confidential records, before they are kept."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import polars as pl

from konvoi.flow.ledger.contributions import Ground, audiences, contributions, figures, record, released_to
from konvoi.flow.ledger.released_figures import releases
from konvoi.gateways.refusal import Refused
from konvoi.ledger.disclosure import Exposure, Protection, exposures
from konvoi.ledger.question import Question
from konvoi.ledger.release import EXPLICIT_MODES, Figure, Release
from konvoi.model.markings import PUBLIC

Ends = tuple[Decimal | None, Decimal | None]
_NOTHING: Ends = (Decimal(0), None)


@dataclass(frozen=True)
class Preview:
    """The range that readers could infer for one record with an explicit count mode.

    readers: those who could infer the same. now: from all figures released to them. then: if these figures
    were released anew with the record, or the total for the first time. refused: whether that release would
    be refused, as they could infer too much. Ends are in `unit`; None: without an end.
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
    """Return the ranges that the public and each partner could infer for the records of some documents.

    base: with the documents in it. A reader who may see a record, as its owner may, is left out for it.
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
    for reader in audiences(base, PUBLIC, {one.reader for one in before}):
        known = released_to(base, reader, before)
        old = [one for release in known for one in release.figures]
        now = _narrowest(exposures(old, base.sees(reader)))
        then = _narrowest(exposures([*old, *_anew(base, reader, known)], base.sees(reader)))
        for row in rows.iter_rows(named=True):
            name = row["record"]
            if reader in (row["party"], row["source"]) or name in base.records_seen(reader):
                continue
            told = then.get(name)
            made = Preview(
                name,
                row["count_mode"],
                (reader,),
                told.unit if told else "",
                now[name].ends if name in now else _NOTHING,
                told.ends if told else _NOTHING,
                told is not None and told.narrow(percent),
            )
            first = alike.setdefault((name, made.now, made.then), made)
            if first is not made:
                alike[name, made.now, made.then] = replace(first, readers=(*first.readers, reader))
    return tuple(sorted(alike.values(), key=lambda one: one.record))


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

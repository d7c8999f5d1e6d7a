"""Each IATI file in two noisy copies, as its publisher and as a second reporter: activities found again."""

import copy
import csv
import io
import random
import statistics
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path

import polars as pl
from bench.record import ROOT, Benchmark
from lxml import etree

from konvoi.intake.formats.iati import IATI_ACTIVITIES
from konvoi.model.document import Document
from konvoi.reconcile.relate import relate

DATA = ROOT.parent / "shared" / "data"
SEEDS = (1, 2, 3)
SECOND = "XX-SECOND-REPORTER"
LEAST = (0.94, 0.77)
"""Precision and recall of the worst seed as measured (0.955, 0.783), less a little."""
RECEIVED = ("1", "11", "13")
# How often a copy differs, in each respect: round sums, euros, other words, later days, a payment missing.
ROUNDED, IN_EUROS, REWORDED, LATER, MISSING = 0.5, 0.25, 0.5, 0.5, 0.05
_LATEST = 20

Rates = dict[str, Decimal]


@dataclass(frozen=True)
class Copies:
    """Entries of both copies, and the activities that are one: identifier in the first and in the second."""

    entries: pl.DataFrame
    twins: frozenset[tuple[str, str]]


def files(folder: Path) -> list[Path]:
    """The files of activities."""
    return sorted((folder / "iati" / "activities").glob("*.xml"))


def dollars(folder: Path) -> Rates:
    """What one euro was worth in dollars, by day: reference rates of the European Central Bank."""
    with zipfile.ZipFile(folder / "fx" / "eurofxref-hist.zip") as archive:
        text = io.TextIOWrapper(archive.open(archive.namelist()[0]), encoding="utf-8")
        return {row["Date"]: Decimal(row["USD"]) for row in csv.DictReader(text) if row["USD"] != "N/A"}


def table(rates: Rates) -> pl.DataFrame:
    """The rates as a workspace has them."""
    rows = {
        "currency": "USD",
        "day": [date.fromisoformat(day) for day in rates],
        "per_eur": [*rates.values()],
    }
    return pl.DataFrame(rows).with_columns(pl.col("per_eur").cast(pl.Decimal(38, 6)))


def twice(path: Path, seed: int, rates: Rates) -> Copies:
    """A file as its publisher hands it in, and as somebody else reports it, under identifiers of his own."""
    first = etree.parse(str(path)).getroot()
    second = copy.deepcopy(first)
    dice = random.Random(f"{seed} {path.name}")
    twins = set()
    for number, activity in enumerate(second.iterfind("iati-activity"), start=1):
        name = (activity.findtext("iati-identifier") or "").strip()
        twins.add((name, f"{SECOND}-{number}"))
        _reported_again(activity, f"{SECOND}-{number}")
        _told_otherwise(activity, dice, rates)
    for root in (first, second):
        _incomplete(root, dice)
    read = [_read(path.name, first), _read(f"second-{path.name}", second)]
    there = [set(entries["package"]) for entries in read]
    return Copies(
        pl.concat(read), frozenset(pair for pair in twins if pair[0] in there[0] and pair[1] in there[1])
    )


def found(copies: Copies, rates: Rates) -> set[tuple[str, str]]:
    """The pairs of activities, first and second, that are more likely one than not."""
    relations = relate(copies.entries, rates=table(rates)).relations
    of = copies.entries.select("entry", "package")
    pairs = (
        relations.filter(relation="same_as")
        .filter((pl.col("probability") >= 0.5) & (pl.col("status") != "rejected"))
        .join(of, left_on="left", right_on="entry")
        .join(of, left_on="right", right_on="entry", suffix="_right")
        .select("package", "package_right")
    )
    ours = {(a, b) if b.startswith(SECOND) else (b, a) for a, b in pairs.iter_rows()}
    return {(a, b) for a, b in ours if not a.startswith(SECOND)}


def join(copies: Copies) -> set[tuple[str, str]]:
    """What a plain join on giver and committed or paid sum gives."""
    sums = (
        copies.entries.filter(pl.col("stage").is_not_null())
        .group_by("package", "party", "stage", "currency")
        .agg(pl.col("amount_minor").sum())
        .sort("package", "stage")
    )
    on = ["party", "stage", "currency", "amount_minor"]
    pairs = sums.join(sums, on=on, suffix="_second").select("package", "package_second")
    return {(a, b) for a, b in pairs.iter_rows() if b.startswith(SECOND) and not a.startswith(SECOND)}


def _read(name: str, root: etree._Element) -> pl.DataFrame:
    return IATI_ACTIVITIES.read(Document(name, etree.tostring(root))).entries


def _reported_again(activity: etree._Element, name: str) -> None:
    """The activity under another reporter, with no identifier that the first one gave."""
    reporter = activity.find("reporting-org")
    giver = reporter.get("ref", "") if reporter is not None else ""
    words = copy.deepcopy(list(reporter)) if reporter is not None else []
    if reporter is not None:
        reporter.attrib.update({"ref": SECOND, "secondary-reporter": "1"})
        for child in reporter:
            child.text = "Second reporter"
    for element in activity.iterfind("iati-identifier"):
        element.text = name
    for tag in ("other-identifier", "related-activity"):
        for element in activity.findall(tag):
            activity.remove(element)
    for payment in activity.iterfind("transaction"):
        payment.attrib.pop("ref", "")
        for side in ("provider-org", "receiver-org"):
            for element in payment.iterfind(side):
                for named in ("provider-activity-id", "receiver-activity-id"):
                    element.attrib.pop(named, "")
        kind = payment.find("transaction-type")
        if payment.find("provider-org") is None and kind is not None and kind.get("code") not in RECEIVED:
            provider = etree.SubElement(payment, "provider-org", {"ref": giver})
            provider.extend(copy.deepcopy(words))


def _told_otherwise(activity: etree._Element, dice: random.Random, rates: Rates) -> None:
    """Sums rounded or in euros, words left out or changed, days later: each for some activities."""
    digits = dice.choice((2, 3, 4)) if dice.random() < ROUNDED else None
    euros, later = dice.random() < IN_EUROS, dice.randrange(_LATEST) if dice.random() < LATER else 0
    reworded = dice.random() < REWORDED
    for payment in activity.iterfind("transaction"):
        for value in payment.iterfind("value"):
            _sum(value, activity, digits, rates if euros else {})
        for day in payment.iterfind("transaction-date"):
            day.set("iso-date", _shifted(day.get("iso-date", ""), later))
        for described in payment.findall("description") if reworded else ():
            payment.remove(described)
    for narrative in activity.iterfind("title/narrative") if reworded else ():
        narrative.text = _other_words(narrative.text or "", dice)


def _sum(value: etree._Element, activity: etree._Element, digits: int | None, rates: Rates) -> None:
    amount = Decimal((value.text or "0").strip() or 0)
    currency = value.get("currency") or activity.get("default-currency")
    rate = rates.get(value.get("value-date", "")) or next(iter(rates.values()), None)
    if rate and currency == "USD":
        amount = (amount / rate).quantize(Decimal("0.01"))
        value.set("currency", "EUR")
    if digits and amount:
        amount = amount.quantize(Decimal(1).scaleb(amount.adjusted() - digits + 1))
    value.text = f"{amount:f}"


def _shifted(day: str, later: int) -> str:
    try:
        return (date.fromisoformat(day[:10]) + timedelta(days=later)).isoformat()
    except ValueError:
        return day


def _other_words(text: str, dice: random.Random) -> str:
    """A title in capitals, without its last word, or with its words turned round."""
    words = text.split()
    forms: Sequence[list[str]] = (
        [text.upper()],
        words[:-1] or words,
        [*words[len(words) // 2 :], *words[: len(words) // 2]],
    )
    return " ".join(dice.choice(forms))


def _incomplete(root: etree._Element, dice: random.Random) -> None:
    for activity in root.iterfind("iati-activity"):
        for payment in activity.findall("transaction")[1:]:
            if dice.random() < MISSING:
                activity.remove(payment)


def rate(right: int, told: int, true: int) -> tuple[float, float]:
    """Precision and recall."""
    return right / max(told, 1), right / max(true, 1)


def main() -> None:
    """All files with three seeds, each pair of copies by itself; sums over all, and the worst seed."""
    rates = dollars(DATA)
    bench = Benchmark("iati_twice", data={"files": len(files(DATA)), "seeds": len(SEEDS)})
    shares, plain = [], []
    for seed in SEEDS:
        right = told = true = joined = both = 0
        for path in files(DATA):
            copies = twice(path, seed, rates)
            if copies.twins:
                pairs = bench.once(f"relations, seed {seed}", partial(found, copies, rates))
                other = join(copies)
                right, told = right + len(pairs & copies.twins), told + len(pairs)
                both, joined = both + len(other & copies.twins), joined + len(other)
                true += len(copies.twins)
                bench.figures[f"{path.stem}, seed {seed}: recall"] = rate(
                    len(pairs & copies.twins), len(pairs), len(copies.twins)
                )[1]
        shares.append(rate(right, told, true))
        plain.append(rate(both, joined, true))
        bench.figures |= {f"activities, seed {seed}": true, f"pairs, seed {seed}": told}
    for at, name in enumerate(("precision", "recall")):
        bench.figures[f"{name}, median of seeds"] = statistics.median(one[at] for one in shares)
        worst, theirs = min(one[at] for one in shares), min(one[at] for one in plain)
        bench.figures[f"{name} of a join on giver and sum"] = theirs
        bench.at_least(f"{name}, worst seed", worst, max(LEAST[at], theirs), unit="")
    bench.finish()


if __name__ == "__main__":
    main()

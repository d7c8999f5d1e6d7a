"""Proposed undertakings in the clauses of a document, with the words that support them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from konvoi.accord.obligation_strength import PAST, Mark, bars_law, force, past, reservations, whole
from konvoi.accord.sums import Sum, sums
from konvoi.kit.money import to_minor
from konvoi.model.clauses import OPERATIVE, Kind
from konvoi.model.party import party_id
from konvoi.model.table import QUANTITY

MARKS = pl.List(pl.Struct({"means": pl.String(), "start": pl.Int64(), "end": pl.Int64()}))

PROPOSED = pl.Schema(
    {
        "clause": pl.String(),
        "party": pl.String(),
        "force": pl.String(),
        "reservation": pl.List(pl.String()),
        "amount": pl.Int64(),
        "currency": pl.String(),
        "share": QUANTITY,
        "bound": pl.String(),
        "kind": pl.String(),
        "from": pl.Int64(),
        "until": pl.Int64(),
        "repeats": pl.String(),
        "sentence": pl.String(),
        "marks": MARKS,
        "_file": pl.String(),
        "_sheet": pl.String(),
        "_row": pl.Int64(),
    }
)
"""One row for each sum of a sentence, or for a sentence without one that seems to undertake something.

party: whose word it is, by id; null for all together. force: as in konvoi.accord.obligation_strength.FORCES.
reservation: of the sentence, then of the document. amount: in minor units of the currency; share: per cent of
GDP a year; bound: "at least", "up to", "about" or empty; from, until: years. kind: military, reconstruction,
humanitarian, energy or financial, by the words. repeats: the clause that named the same sum before. marks:
what the words between two places of the sentence mean: a force, a reservation, or `sum`."""

_ENDS = re.compile(r"(?<![A-Z]\.)(?<!e\.g\.)(?<!i\.e\.)(?<=[.!?])\s+(?=[A-ZА-ЯҐЄІЇ“\"(])")
_OPERATIVE = {*OPERATIVE, Kind.RECITAL}
_ABOUT_ITSELF = re.compile(
    r"(?:this|the) (?:agreement|annex)\b|the provisions\b|these? (?:provisions|measures)\b", re.I
)
_ALL = re.compile(r"\b(?:the )?(?:participants|parties|both sides)\b", re.IGNORECASE)
_NAME = re.compile(r"\b(?:[A-Z][\w.]*|of|and)(?:\s+(?:[A-Z][\w.]*|of|and))*\b(?!-)")
_POSSESSIVE = re.compile(r"\b[\w.]+[’']s\b")
_TOGETHER = re.compile(r"(?:[Tt]he )?[\w. ]{2,40} and (?:the )?[A-Z]")
_CODE = 4
_KINDS = (
    ("military", re.compile(r"military|defen[cs]e|weapon|ammunition|armed forces|CAP\b|EPF\b|lethal", re.I)),
    ("reconstruction", re.compile(r"reconstruction", re.I)),
    ("humanitarian", re.compile(r"humanitarian|demining", re.I)),
    ("energy", re.compile(r"\benergy", re.I)),
    ("financial", re.compile(r"fiscal|financial|macro-?economic|predictable", re.I)),
)


@dataclass(frozen=True)
class Parties:
    """Parties of a document by id, and the default giver where a clause names none."""

    every: tuple[str, ...]
    giver: str


def parties(title: str, opening: Sequence[str], *, recipient: str) -> Parties:
    """The parties that a title names, else the opening sentences; the giver is the one not to receive."""
    named = tuple(dict.fromkeys(one for text in (title, *opening) for one in _named(text)))[:2]
    others = [one for one in named if one != recipient]
    return Parties(named, others[0] if len(others) == 1 else "")


def proposed(clauses: pl.DataFrame, who: Parties, *, signed: date | None) -> pl.DataFrame:
    """Return the proposed undertakings in the clauses of one document (PROPOSED), in the order of the text.

    signed: the day of signature: a sum whose years begin before its year was given, or adds up what was;
    without a day the words alone decide. Only a person makes an undertaking of a proposal.
    """
    rows = [row for row in clauses.iter_rows(named=True) if row["kind"] in _OPERATIVE]
    sentences = [(row, sentence) for row in rows for sentence in split(str(row["text"]))]
    of_all = [one.means for _, sentence in sentences if whole(sentence) for one in reservations(sentence)]
    places = {row["clause"].split("/")[0] for row, sentence in sentences if bars_law(sentence)}
    seen: dict[tuple[object, ...], str] = {}
    found: list[dict[str, object]] = []
    for row, sentence in sentences:
        for one in _of(sentence, who, signed, operative=row["kind"] in OPERATIVE):
            if row["clause"].split("/")[0] in places and one["force"] == "binding":
                one["force"] = "political"
            same = tuple(one[name] for name in ("party", "amount", "share", "currency", "from", "until"))
            counts = (one["amount"] is not None or one["share"] is not None) and one["force"] != PAST
            before = seen.setdefault(same, row["clause"]) if counts else row["clause"]
            own = one["reservation"]
            held = [*(own if isinstance(own, list) else []), *of_all] if one["force"] != PAST else []
            origin = {name: row[name] for name in ("_file", "_sheet", "_row")}
            repeats = None if before == row["clause"] else before
            more = {"clause": row["clause"], "repeats": repeats, "reservation": list(dict.fromkeys(held))}
            found.append({**one, **more, "sentence": sentence, **origin})
    return pl.DataFrame(found, schema=PROPOSED)


def split(text: str) -> list[str]:
    """The sentences of a text; none is split behind an initial or "e.g.".

    >>> split("The U.S. Congress sits. It votes, e.g. on funds.")
    ['The U.S. Congress sits.', 'It votes, e.g. on funds.']
    """
    return [part for part in _ENDS.split(text) if part]


def _of(sentence: str, who: Parties, signed: date | None, *, operative: bool) -> Iterator[dict[str, object]]:
    found = sums(sentence)
    for one in found:
        mark = _weighed(sentence, one, signed)
        if mark is not None:
            yield _row(sentence, who, mark, one)
    if not found and operative and not _ABOUT_ITSELF.match(sentence):
        mark = force(sentence)
        if mark is not None and past(sentence[: mark.start]) is None:
            yield _row(sentence, who, mark, None)


def _weighed(sentence: str, one: Sum, signed: date | None) -> Mark | None:
    """Return the kind of a sum: given, or promised and with which force; years count more than words."""
    given = past(sentence)
    promised = force(sentence, one.start)
    inside = sentence.rfind("(", 0, one.start), sentence.find(")", one.end)
    if -1 not in inside and (remark := past(sentence[inside[0] : inside[1]])):
        return Mark(PAST, inside[0] + remark.start, inside[0] + remark.end)
    if signed is not None and one.years is not None:
        if one.years.first < signed.year:
            return Mark(PAST, one.years.start, one.years.end)
        return promised or given
    return given or promised


def _row(sentence: str, who: Parties, mark: Mark, one: Sum | None) -> dict[str, object]:
    reserved = reservations(sentence)
    marks = [mark, *reserved, *([Mark("sum", one.start, one.end)] if one else [])]
    amount = to_minor(one.value, one.currency)[0] if one and one.currency else None
    return {
        "party": _subject(
            sentence[: mark.start] if mark.means != PAST else sentence, who, pays=one is not None
        ),
        "force": mark.means,
        "reservation": [found.means for found in reserved],
        "amount": amount,
        "currency": one.currency if one and one.currency else None,
        "share": one.value if one and not one.currency else None,
        "bound": one.bound if one else "",
        "kind": next((kind for kind, words in _KINDS if words.search(sentence)), None) if one else None,
        "from": one.years.first if one and one.years else None,
        "until": one.years.last if one and one.years else None,
        "marks": [vars(found) for found in sorted(marks, key=lambda found: found.start)],
    }


def _subject(words: str, who: Parties, *, pays: bool) -> str | None:
    """Return the party that undertakes: the first named as acting, or all; if none is, the giver."""
    everybody = _ALL.search(words)
    before = _POSSESSIVE.sub("", words[: everybody.start()] if everybody else words)
    named = [one for one in _named(before) if one in who.every and (not pays or one == who.giver)]
    if named:
        together = len(set(named)) > 1 and _TOGETHER.match(words) is not None
        return None if together else named[0]
    return None if everybody or not who.giver else who.giver


def _named(text: str) -> Iterator[str]:
    """The parties that a text names, in its order, each by the longest name that is one.

    Short codes are names only where not all is written in capitals.
    """
    codes = text != text.upper()
    for found in _NAME.finditer(text.replace("&", "and")):
        words = found[0].split()
        at = 0
        while at < len(words):
            known = (
                (end, party)
                for end in range(len(words), at, -1)
                if (party := party_id(name := " ".join(words[at:end]))) and (len(name) > _CODE or codes)
            )
            at, party = next(known, (at + 1, ""))
            if party and words[at - 1].casefold() not in ("and", "of"):
                yield party

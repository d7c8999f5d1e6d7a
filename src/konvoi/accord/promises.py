"""Proposed undertakings in the clauses of a document, with the words that support them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from konvoi.accord.currencies import home
from konvoi.accord.not_given import is_not_given
from konvoi.accord.obligation_strength import (
    PAST,
    Mark,
    Reach,
    bars_law,
    force,
    governing,
    past,
    reservations,
    whole,
)
from konvoi.accord.sum_parts import containing
from konvoi.accord.sums import Sum, Years, sums
from konvoi.accord.ukrainian_names import named_in_ukrainian
from konvoi.kit.money import to_minor
from konvoi.model.clauses import OPERATIVE, Kind
from konvoi.model.party import GROUPS, party_id
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
        "yearly": pl.Boolean(),
        "part_of": pl.Int64(),
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
GDP a year; bound: "at least", "up to", "about" or empty; from, until: years, from null for "until 2030";
yearly: the sum is for each of them. part_of: the larger sum, in the same currency, that contains it. kind:
military, reconstruction, humanitarian, energy or financial, by the words. repeats: the clause that named the
same sum before. marks: what the words between two places of the sentence mean: a force, a reservation, or
`sum`."""

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
    texts = (title, *opening)
    found = (one for text in texts for one in (*_named(text), *named_in_ukrainian(text)))
    named = tuple(dict.fromkeys(found))[:2]
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
    last: Sum | None = None
    own = home(who.giver)
    for row, sentence in sentences:
        stated = sums(sentence, own)
        rows_of = list(_of(sentence, stated, who, signed, last, operative=row["kind"] in OPERATIVE))
        last = next(iter(stated), None)
        for one in rows_of:
            if row["clause"].split("/")[0] in places and one["force"] == "binding":
                one["force"] = "political"
            same = tuple(one[name] for name in ("party", "amount", "share", "currency", "from", "until"))
            counts = (one["amount"] is not None or one["share"] is not None) and one["force"] != PAST
            before = seen.setdefault(same, row["clause"]) if counts else row["clause"]
            said = one["reservation"]
            held = [*(said if isinstance(said, list) else []), *of_all] if one["force"] != PAST else []
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


def _of(
    sentence: str,
    found: Sequence[Sum],
    who: Parties,
    signed: date | None,
    before: Sum | None,
    *,
    operative: bool,
) -> Iterator[dict[str, object]]:
    """Yield the rows of a sentence; found: its sums; before: the first sum of the sentence before it."""
    wholes = containing(sentence, found, before)
    for at, one in enumerate(found):
        if is_not_given(sentence, one):
            continue
        following = found[at + 1].start if at + 1 < len(found) else len(sentence)
        reach = Reach(found[at - 1].end if at else 0, following)
        mark = _verb(sentence, one, reach)
        dated = replace(one, years=_own_years(sentence, one, reach, mark))
        mark = _weighed(sentence, dated, mark, signed)
        if mark is None or (mark.means != PAST and _is_of_others(sentence, mark, one, who)):
            continue
        yield _row(sentence, who, mark, dated, wholes[at])
    if not found and operative and not _ABOUT_ITSELF.match(sentence):
        mark = force(sentence)
        if mark is not None and past(sentence[: mark.start]) is None:
            yield _row(sentence, who, mark, None)


_OTHERS = re.compile(
    r"\b(?:G-?7|G-?20|allies|partners|member states|international community|other donors|companies|private "
    r"sector|consortium|shareholders|banks)\b",
    re.IGNORECASE,
)
_PERFECT = re.compile(r"ha(?:s|ve|d)\b", re.IGNORECASE)
_SINCE = re.compile(r"\b(?:since|after|as of)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
_SUBJECT = re.compile(r"[,;:(]|\b(?:and|but|while|whereas|which|that)\b")


def _is_of_others(sentence: str, mark: Mark, one: Sum, who: Parties) -> bool:
    """Return True if a sum is somebody else's: that party is named before its verb, or right before it."""
    right_before = _NAME_BEFORE.search(sentence[: one.start])
    if right_before and (named := [*_named(right_before[0])]):
        return named[-1] not in {who.giver, *GROUPS.get(who.giver, ())}
    if mark.start >= one.end and (by := _BY.match(sentence, mark.end)):
        named = [*_named(by[0])]
        return bool(named and who.giver not in named) or (not named and bool(_OTHERS.search(by[0])))
    return mark.end <= one.start and _of_others(sentence[: mark.start], who)


_BY = re.compile(r"\s+by\s+[^,;.]{0,60}")
_NAME_BEFORE = re.compile(r"\b(?:and|,)\s+(?:the\s+)?(?:[A-Z][\w.]*\s+){1,3}$")


def _of_others(words: str, who: Parties) -> bool:
    """Return True if the words before a verb name somebody else than the giver as acting."""
    own = {who.giver, *GROUPS.get(who.giver, ())}
    if own & {*_named(words)} or (who.giver and party_id(who.giver) is None):
        return False
    acting = _SUBJECT.split(words)[-1]
    # "The Ukraine Facility will …" is not the recipient's word, "Ukraine will …" is.
    subject = " ".join(acting.split()[-1:])
    return bool({*_named(acting)} - {*who.every} or [*_named(subject)] or _OTHERS.search(acting))


def _verb(sentence: str, one: Sum, reach: Reach) -> Mark | None:
    """Return the words that govern a sum: those in its own brackets, else those of the sentence."""
    opened, closed = sentence.rfind("(", 0, one.start), sentence.find(")", one.end)
    inside = opened >= 0 and closed >= 0 and ")" not in sentence[opened : one.start]
    if remark := past(sentence[opened:closed]) if inside else None:
        return Mark(PAST, opened + remark.start, opened + remark.end)
    return governing(sentence, one.start, one.end, reach)


def _weighed(sentence: str, one: Sum, mark: Mark | None, signed: date | None) -> Mark | None:
    """Return whether a sum was given, or with which force it is promised; years count more than words."""
    years = one.years
    if signed is None or years is None:
        return mark
    if years.first is not None and years.first < signed.year:
        return Mark(PAST, years.start, years.end)
    perfect = mark is not None and _PERFECT.match(sentence, mark.start)
    if mark is not None and perfect and mark.means == PAST and years.last > signed.year:
        # What is for years to come cannot have been given: "has provided for EUR 2 billion in 2026".
        return Mark("political", mark.start, mark.end)
    return mark


def _own_years(sentence: str, one: Sum, reach: Reach, mark: Mark | None) -> Years | None:
    """Return the years of a sum, unless they are those of the sum before it: a new verb stands between."""
    years = one.years
    if years is None:
        return None
    if mark is not None and mark.means != PAST and _SINCE.search(sentence[: years.start]):
        return None
    if years.start >= one.end:
        between = sentence[one.end : years.start]
        other = mark is not None and mark.means == PAST and force(between) is not None
        return None if other or ";" in between else years
    if ";" in sentence[years.end : one.start]:
        return None
    since = sentence[reach.after : years.start]
    theirs = 0 < reach.after <= years.start and not re.search(r"[,;]|\band\b", since)
    return None if theirs and mark is not None and years.end <= mark.start else years


def _row(
    sentence: str, who: Parties, mark: Mark, one: Sum | None, whole_sum: Sum | None = None
) -> dict[str, object]:
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
        "yearly": one is not None and one.yearly,
        "part_of": to_minor(whole_sum.value, whole_sum.currency)[0] if whole_sum else None,
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


def _may_be_name(name: str, *, codes: bool) -> bool:
    return len(name) > _CODE or (codes and name.replace(".", "").isupper())


def _named(text: str) -> Iterator[str]:
    """The parties that a text names, in its order, each by the longest name that is one.

    Codes are names in capitals alone ("It" is no state), and only where not all is written in capitals.
    """
    codes = text != text.upper()
    for found in _NAME.finditer(text.replace("&", "and")):
        words = found[0].split()
        at = 0
        while at < len(words):
            known = (
                (end, party)
                for end in range(len(words), at, -1)
                if (party := party_id(name := " ".join(words[at:end]))) and _may_be_name(name, codes=codes)
            )
            at, party = next(known, (at + 1, ""))
            if party and words[at - 1].casefold() not in ("and", "of"):
                yield party

"""Terms of a framework document: its day of signature, validity and end."""

import calendar
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl
from babel import Locale

from konvoi.model.clauses import OPERATIVE, Kind

_GENITIVE = Locale.parse("uk").months["format"]["wide"]
_MONTHS = {name.casefold(): number for number, name in enumerate(calendar.month_name) if number}
_MONTHS |= {name.casefold(): number for number, name in _GENITIVE.items()}
_COUNTS = {
    **{name: at for at, name in enumerate("one two three four five six seven eight nine ten".split(), 1)},
    "twelve": 12,
    "fifteen": 15,
    "twenty": 20,
    "один": 1,
    "одного": 1,
    "два": 2,
    "двох": 2,
    "три": 3,
    "трьох": 3,
    "п’ять": 5,
    "п’яти": 5,
    "шість": 6,
    "шести": 6,
    "десять": 10,
    "десяти": 10,
    "дванадцять": 12,
    "дванадцяти": 12,
    "п’ятнадцять": 15,
    "п’ятнадцяти": 15,
    "двадцять": 20,
    "двадцяти": 20,
}
_COUNT = rf"(?P<count>\d{{1,3}}|{'|'.join(_COUNTS)})(?:\s*\([\w’-]+\))?"
_DAY = r"(?:\d{1,2}(?:st|nd|rd|th)?(?: day of)? [a-z]+,? \d{4}|[a-z]+ \d{1,2}, \d{4})"
_DAY_UK = rf"[«“\"]?\d{{1,2}}[»”\"]?\s+(?:{'|'.join(_GENITIVE.values())})\s+\d{{4}}"
_DAYS = (
    re.compile(r"(?P<day>\d{1,2})(?:st|nd|rd|th)?(?: day of)? (?P<month>[A-Z][a-z]+),? (?P<year>\d{4})"),
    re.compile(r"(?P<month>[A-Z][a-z]+) (?P<day>\d{1,2}), (?P<year>\d{4})"),
    re.compile(
        rf"(?P<day>\d{{1,2}})[»”\"]?\s+(?P<month>{'|'.join(_GENITIVE.values())})\s+(?P<year>\d{{4}})",
        re.IGNORECASE,
    ),
)


@dataclass(frozen=True)
class Term:
    """Statement of a document on one point: its clause, its words, and a number where there is one.

    number: years of validity or until a review, months of notice, hours to consult within; None if there is
    none.
    """

    point: str
    clause: str
    words: str
    number: int | None = None


POINTS = (
    "in force",
    "validity",
    "extension",
    "consultation",
    "review",
    "amendment",
    "termination",
    "accession",
    "ratification",
)
"""Points to find in a document, in the order in which they are shown."""

_SAYS: Mapping[str, re.Pattern[str]] = {
    "in force": re.compile(
        r"\b(?:comes?|enters?|come|enter|take) into (?:effect|force)\b.*?\bupon signat(?:ure|ory)"
        r"|\bcomes? into (?:effect|force) on the day of its signature"
        r"|\binto (?:effect|force)\b.*\b(?:after|once|when|upon)\b",
        re.IGNORECASE,
    ),
    "validity": re.compile(
        rf"\b(?:valid|concluded|(?:remains?|stays?|be|continues?) (?:valid|in (?:force|effect))"
        rf"|(?:validity|duration|term)(?: of this \w+)?(?: is| shall be| of)?)"
        rf"(?:(?: for)?(?: an? (?:initial )?(?:period|term|duration) of)?\s+{_COUNT}[\s-]years?\b"
        rf"|\s+(?:un)?til(?: and including)?(?: the)?\s+{_DAY})",
        re.IGNORECASE,
    ),
    "extension": re.compile(
        rf"\bextend this agreement\b(?:.*?\bno later than {_COUNT} months?\b)?|\bmay be extended\b"
        rf"|\bagree on its extension\b(?:.*?\bno later than {_COUNT.replace('count', 'second')} months?\b)?",
        re.IGNORECASE,
    ),
    "consultation": re.compile(rf"\b(?:consult|meet)\b.{{0,120}}?\bwithin {_COUNT} hours\b", re.IGNORECASE),
    "review": re.compile(
        r"\b(?:subject to ongoing review|regularly review|review and (?:evaluate|update)"
        r"|evaluate the effectiveness"
        rf"|periodic, high-level review|to review the [\w’ ]*commitments(?: not later than {_COUNT} years)?)",
        re.IGNORECASE,
    ),
    "amendment": re.compile(
        r"\b(?:may be amended and supplemented|amendments to this agreement may be made)\b", re.I
    ),
    "termination": re.compile(
        r"\b(?:may|can) (?:be (?:terminated|denounced)|(?:terminate|denounce) (?:this|the|it))\b"
        rf"(?:.{{0,400}}?\b{_COUNT}[\s-]months?\b)?",
        re.I,
    ),
    "accession": re.compile(r"\bopen (?:for|to) accession\b|\bmay accede\b", re.IGNORECASE),
    "ratification": re.compile(
        r"\bthis agreement (?:is|shall be|will be) (?:subject to )?(?:ratifi|approv)(?:cation|al|ed)\b",
        re.IGNORECASE,
    ),
}


_SAYS_UK: Mapping[str, re.Pattern[str]] = {
    "in force": re.compile(
        r"\b(?:набуває|набирає|набуде|набере) чинності\b.*?"
        r"(?:підписання|після|з (?:дня|дати)(?: її| цього)?(?: підписання)?)",
        re.IGNORECASE,
    ),
    "validity": re.compile(
        rf"\b(?:діє|діятиме|чинн\w+|дійсн\w+|укладено|укладається|строк\w*|термін\w*)\b[^.;]{{0,80}}?"
        rf"(?:\b{_COUNT}\s+(?:років|роки|року|рік)\b|\bдо\s+{_DAY_UK})",
        re.IGNORECASE,
    ),
    "extension": re.compile(r"\b(?:може|можуть) бути (?:продовжен\w+|подовжен\w+)", re.IGNORECASE),
    "consultation": re.compile(
        rf"\bконсульт\w+.{{0,120}}?\b(?:протягом|впродовж|упродовж)\s+{_COUNT}\s+годин", re.IGNORECASE
    ),
    "amendment": re.compile(r"\b(?:зміни|доповнення)\b.{0,80}?\b(?:внос\w+|внесен\w+)", re.IGNORECASE),
    "termination": re.compile(
        rf"\b(?:може|можуть) (?:бути припинен\w+|припинити|денонсувати)\b"
        rf"(?:.{{0,200}}?\b{_COUNT}\s+місяц\w+)?",
        re.IGNORECASE,
    ),
    "ratification": re.compile(r"\bпідлягає (?:ратифікації|затвердженню)\b", re.IGNORECASE),
}


def terms(clauses: pl.DataFrame) -> list[Term]:
    """Return the first clause on each point, in the order of POINTS; others are left out."""
    rows = [row for row in clauses.iter_rows(named=True) if row["kind"] in OPERATIVE]
    found = (_term(point, rows) for point in POINTS)
    return [one for one in found if one is not None]


def _term(point: str, rows: Sequence[Mapping[str, str]]) -> Term | None:
    forms = [form for form in (_SAYS.get(point), _SAYS_UK.get(point)) if form]
    for row in rows:
        if said := next((found for form in forms if (found := form.search(row["text"]))), None):
            numbers = [
                text for name, text in said.groupdict().items() if name in ("count", "second") and text
            ]
            return Term(point, row["clause"], said[0], _number(numbers[0]) if numbers else None)
    return None


def upon_signature(found: Sequence[Term]) -> bool:
    """Return True if a document states that it is in force from the day of its signature."""
    words = (one.words.casefold() for one in found if one.point == "in force")
    return any("signat" in text or "підпис" in text for text in words)


def signed_on(clauses: pl.DataFrame) -> date | None:
    """The day in the words of signature; None where there are none, or no day in them."""
    closing = clauses.filter(pl.col("kind") == Kind.CLOSING)["text"].to_list()
    return next((day for text in closing for day in days(text)), None)


def days(text: str) -> list[date]:
    """The days that a text names, written out in English or Ukrainian.

    >>> days("Signed on 12 January 2024"), days("this 13th day of June, 2024"), days("July 9, 2024")
    ([datetime.date(2024, 1, 12)], [datetime.date(2024, 6, 13)], [datetime.date(2024, 7, 9)])
    """
    matches = sorted((one for form in _DAYS for one in form.finditer(text)), key=lambda one: one.start())
    found = (_day(one) for one in matches)
    return [one for one in found if one is not None]


def ends_on(signed: date, found: Sequence[Term]) -> date | None:
    """The last day on which a document holds by its own words: the one that they name, or after so many
    years."""
    validity = next((one for one in found if one.point == "validity"), None)
    if validity is None:
        return None
    return after(signed, 12 * validity.number) if validity.number else next(iter(days(validity.words)), None)


def after(day: date, months: int) -> date:
    """Return the same day so many months later; the last of the month if it has no such day.

    >>> after(date(2024, 8, 31), 6)
    datetime.date(2025, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _day(found: re.Match[str]) -> date | None:
    month = _MONTHS.get(found["month"].casefold())
    try:
        return date(int(found["year"]), month, int(found["day"])) if month else None
    except ValueError:
        return None


def _number(text: str) -> int:
    return _COUNTS.get(text.casefold()) or int(text)

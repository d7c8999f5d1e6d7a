"""Readers of cells by type: a text becomes a value, nothing, or a fault with the expected form."""

from decimal import Decimal
from difflib import get_close_matches
from functools import cache, lru_cache
from itertools import chain

from babel.core import Locale, get_global
from babel.numbers import get_currency_name

from konvoi.intake.cell import (
    LONGEST,
    Ask,
    Cell,
    Fault,
    Reader,
    broken_formula,
    clears,
    error,
    folded,
    text_of,
    unknown,
)
from konvoi.intake.dates import day
from konvoi.intake.numbers import exact, number, share, whole
from konvoi.intake.sheet import Value
from konvoi.kit.money import to_minor
from konvoi.model.document import MARKINGS, OWN
from konvoi.model.finding import Severity
from konvoi.model.naming import localized, meanings
from konvoi.model.party import party_id
from konvoi.model.spelling import party_named
from konvoi.model.table import Type

MONEY_WITHOUT_CURRENCY = "money-without-currency"
CURRENCY_FAULTS = CURRENCY_AMBIGUOUS, CURRENCY_UNREADABLE = ("currency-ambiguous", "currency-unreadable")
_MOST_MINOR = 2**63 - 1
_YES = frozenset({"yes", "y", "true", "1", "x", "ja", "j", "wahr", "так", "істина"})
_NO = frozenset({"no", "n", "false", "0", "nein", "falsch", "ні", "хибність"})
_SYMBOLS = {"€": "EUR", "₴": "UAH", "zł": "PLN", "Kč": "CZK"}


def read_cell(value: Value, ask: Ask) -> Cell:
    """Read one cell by its column's type; an empty or unknown one is None without a fault."""
    if unknown(value):
        stated = ask.column.name == "marking" and _states_unknown(value)
        return Cell(OWN, (_UNREADABLE,)) if stated else Cell()
    if broken_formula(value):
        return error("cell-formula-error", "a value, not the error of a formula", "Correct the formula.")
    if isinstance(value, str) and len(value) > LONGEST:
        return error("cell-too-long", "at most 32,767 characters", "Shorten the text.")
    reader = _marking if ask.column.name == "marking" else READERS[ask.column.type]
    cell = reader(value, ask)
    hidden = _hidden(value)
    return Cell(cell.value, (*cell.faults, hidden), cell.first, cell.last, cell.lost) if hidden else cell


def _hidden(value: Value) -> Fault | None:
    """Direction marks and control characters can make a cell look like what it is not."""
    if not isinstance(value, str) or (value.isascii() and value.isprintable()):
        return None
    if all(character.isprintable() or character.isspace() for character in value):
        return None
    return Fault(
        Severity.WARNING,
        "cell-hidden-characters",
        "text without control or direction characters",
        "Type the text again.",
    )


def _text(value: Value, ask: Ask) -> Cell:
    return Cell(text_of(value))


def _party(value: Value, ask: Ask) -> Cell:
    """A party's id, by its id, name or alias in the submission's own table, then in the world's."""
    text = text_of(value)
    found = ask.parties.get(folded(text)) or _known_party(text) or party_named(text)
    if found:
        return Cell(found)
    if not ask.parties or ask.table.name == "parties":
        return Cell(text)
    near = get_close_matches(folded(text), sorted(ask.parties), n=1, cutoff=0.75)
    remedy = "Did you mean {meant}?" if near else "Add it to the table of parties, or write its id."
    values = {"meant": ask.parties[near[0]]} if near else {}
    fault = Fault(Severity.WARNING, "party-unknown", "a party by id or name", remedy, values)
    return Cell(text, (fault,))


def _currency(value: Value, ask: Ask) -> Cell:
    text = text_of(value)
    code = _SYMBOLS.get(text, text.upper())
    if code in currencies():
        return Cell(code)
    if text in {"$", "£", "kr"}:
        return error(
            CURRENCY_AMBIGUOUS, "a code of ISO 4217, such as USD", "Write the code of three letters."
        )
    if named := _currency_names().get(folded(text)):
        return error("currency-unreadable", "a code of ISO 4217, such as EUR", "Enter {meant}.", meant=named)
    near = get_close_matches(code, sorted(currencies()), n=1, cutoff=0.6)
    remedy = "Did you mean {meant}?" if near else "Write the code of three letters, such as EUR."
    return error(CURRENCY_UNREADABLE, "a code of ISO 4217, such as EUR", remedy, meant="".join(near))


def _money(value: Value, ask: Ask) -> Cell:
    """An amount in minor units of the row's currency."""
    cell = exact(value, ask)
    if not isinstance(cell.value, Decimal):
        return cell
    if not ask.currency:
        return error(MONEY_WITHOUT_CURRENCY, "an amount with its currency", "Fill in the currency.")
    if not ask.times:
        return error(
            "number-unit-unclear",
            "an amount in a column whose unit is clear",
            "Name one unit at the head of the column, and take away the others.",
        )
    minor, lost = to_minor(cell.value * ask.times, ask.currency)
    if abs(minor) > _MOST_MINOR:
        return error("number-too-large", "a number of at most 18 digits", "Check the zeros.")
    return Cell(minor, cell.faults, lost=lost)


def _yes(value: Value, ask: Ask) -> Cell:
    text = folded(text_of(value))
    if text in _YES or text in _NO:
        return Cell(text in _YES)
    return error("yes-or-no", "yes or no", "Write yes or no.")


def _choice(value: Value, ask: Ask) -> Cell:
    choices = meanings("choice", ask.column.choices)
    text = folded(text_of(value))
    if text in choices:
        return Cell(choices[text])
    near = get_close_matches(text, sorted(choices), n=1, cutoff=0.6)
    expected = "one of: {choices}"
    words = {choice: localized("choice", choice, ask.language) for choice in ask.column.choices}
    listed = ", ".join(words.values())
    if near:
        meant = words[choices[near[0]]]
        return error("choice-unknown", expected, "Did you mean {meant}?", choices=listed, meant=meant)
    return error("choice-unknown", expected, "Pick one from the list.", choices=listed)


def _list(value: Value, ask: Ask) -> Cell:
    """Items between semicolons or on lines of their own, as one text with plain semicolons between them."""
    raw = value if isinstance(value, str) else text_of(value)
    items = [text_of(item) for item in raw.replace("\n", ";").split(";")]
    return Cell(";".join(dict.fromkeys(item for item in items if item)) or None)


def _url(value: Value, ask: Ask) -> Cell:
    text = text_of(value)
    if text.startswith(("https://", "http://")) and " " not in text and "." in text:
        return Cell(text)
    if text.startswith("www.") and " " not in text:
        return error(
            "address-unreadable", "an address of the web", "Did you mean {meant}?", meant=f"https://{text}"
        )
    return error("address-unreadable", "an address of the web", "Write it in full, from https:// on.")


def _email(value: Value, ask: Ask) -> Cell:
    text = text_of(value)
    name, _, domain = text.rpartition("@")
    if name and "." in domain and not set(text) & _NOT_IN_EMAIL and "@" not in name:
        return Cell(text)
    return error("email-unreadable", "an e-mail address", "Enter one address, such as name@example.org.")


_NOT_IN_EMAIL = frozenset(" ,;<>()")

_UNREADABLE = Fault(
    Severity.ERROR,
    "marking-unreadable",
    "public, coalition, own, or parties by id",
    "Until it is mended, only the party itself sees the row.",
)


def _states_unknown(value: Value) -> bool:
    """Return True for a cell that says that it is not known, such as `?`; a dash clears the field instead."""
    return isinstance(value, str) and bool(value.strip()) and not clears(value)


def _marking(value: Value, ask: Ask) -> Cell:
    """Return the readers of the row; unreadable ones become the narrowest, so that nothing is disclosed."""
    text = text_of(value)
    if word := meanings("choice", MARKINGS).get(folded(text)):
        return Cell(word)
    items = [
        item for item in chain.from_iterable(part.split(",") for part in text.split(";")) if item.strip()
    ]
    found = [ask.parties.get(folded(item)) or _known_party(item) or "" for item in items]
    if items and all(found):
        return Cell(";".join(sorted(set(found))))
    return Cell(OWN, (_UNREADABLE,))


_known_party = lru_cache(maxsize=1 << 16)(party_id)


@cache
def currencies() -> frozenset[str]:
    """The currencies that were tender somewhere in 2020 or later, the Monetary Fund's unit of account, and
    the code for tests, in which exercises are written.
    """
    held = chain.from_iterable(get_global("territory_currencies").values())
    return frozenset(code for code, _, end, tender in held if tender and (end is None or end[0] >= 2020)) | {
        "XDR",
        "XTS",
    }


_SPOKEN = ("en", "de", "uk", "fr", "pl", "es", "it", "cs", "sv", "nb", "da", "nl")


@cache
def _currency_names() -> dict[str, str]:
    """For each folded name of a currency in languages of partners, its code, where it names one alone."""
    found: dict[str, set[str]] = {}
    for language in _SPOKEN:
        locale = Locale.parse(language)
        for code in sorted(currencies()):
            names = (locale.currencies.get(code), locale.currency_symbols.get(code))
            for name in (*names, *(get_currency_name(code, count, locale) for count in (1, 2, 5))):
                if name and name != code:
                    found.setdefault(folded(name), set()).add(code)
    return {name: min(codes) for name, codes in found.items() if len(codes) == 1 and name}


READERS: dict[Type, Reader] = {
    Type.ID: _text,
    Type.REF: _text,
    Type.TEXT: _text,
    Type.PARTY: _party,
    Type.DAY: day,
    Type.NUMBER: number,
    Type.WHOLE: whole,
    Type.SHARE: share,
    Type.MONEY: _money,
    Type.CURRENCY: _currency,
    Type.YES: _yes,
    Type.CHOICE: _choice,
    Type.LIST: _list,
    Type.URL: _url,
    Type.EMAIL: _email,
}
"""The reader of each type of column."""

"""Rows of the Ukrainian register: a decree about one party, names in several scripts, numbers with typos."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from enum import Enum

from konvoi.align.births import births
from konvoi.align.identifiers import EDRPOU, INN, LOOKALIKES, OGRN, PASSPORT, RNOKPP, TAX, fits, identifier
from konvoi.align.listing import Birth, Identifier, Kind, Listing, Measure, Name, NameKind, Since
from konvoi.align.names import names
from konvoi.align.numbers import labelled_ids
from konvoi.align.orders import UKRAINIAN, order
from konvoi.align.parts import parts
from konvoi.align.table import Row
from konvoi.kit.days import Days
from konvoi.kit.digest import key
from konvoi.kit.text import fold, tidy
from konvoi.model.finding import Place

DECREE = "№ указу"
DECREED = "Дата указу"
ENDS = "Дата закінчення обмеження"
TERM = "Термін обмеження"
_ORDERED = "Тип обмеження"
_FULL = "Назва укр."
_ORIGINAL = "Назва ориг."
_OTHER = "Назва альт."
_BORN = "Дата народження"
_NATION = "Громадянство"
_PLACE = "Місце народження"
_CODE = "ОКПО/ЄДРПОУ"
_TAX = "ІПН"
_MORE = "Додатково"
_OFFICE = "Відповідальний орган"
NEEDED = (DECREE, DECREED, _ORDERED, ENDS, _FULL, _ORIGINAL)
"""Columns without which a sheet is not the register."""

_PASSPORT = re.compile(r"паспорт", re.IGNORECASE)
_SERIES = re.compile(r"(?:([А-ЯІЇЄҐA-Z]{2})\s*(?:№\s*)?)?(?<!\d)(\d{6,10})(?!\d)")
_STOPS = re.compile(r"ідентифікаційн|ІПН|РНОКПП|виданий|телефон", re.IGNORECASE)
_OWN_TAX = re.compile(
    r"(?:ІПН|РНОКПП|ідентифікаційн\w*(?:\s+\w+)?\s+(?:номер|код)\w*)\D{0,20}(\d{8,12})", re.IGNORECASE
)
_LANGUAGE = re.compile(r"^\w+кою мовою\s+", re.IGNORECASE)
_SECOND = r",\s+(?=[A-Z][a-z]+ )|(?<=[а-яіїєґё])\s+(?=[A-Z][A-Za-z]+\s+[A-Z])"
_SMALLEST_PIECE = 3


class Sort(Enum):
    """The two sheets, by the column that only one of them has."""

    PERSONS = _BORN
    ENTITIES = _CODE


def day_of(row: Row, name: str) -> date | None:
    """The day in a cell; None where there is none."""
    value = row.cells.get(name)
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None


def listing(place: Place, row: Row, sort: Sort) -> Listing:
    """One row as a listing; rows of one party have one id."""
    named = _names(row)
    person = sort == Sort.PERSONS
    numbers = tuple(dict.fromkeys(_personal(row) if person else _numbers(row)))
    found = _births(row) if person else ()
    return Listing(
        id=f"ua:nsdc:{_key(row, numbers, person=person)}",
        kind=Kind.PERSON if person else Kind.ENTITY,
        names=named,
        place=place,
        list="nsdc",
        reference=row.text(DECREE),
        programme=f"decree {row.text(DECREE)}",
        births=found,
        nationalities=_nationalities(row) if person else (),
        identifiers=numbers,
        measures=tuple(_measures(row)),
    )


def _key(row: Row, numbers: tuple[Identifier, ...], *, person: bool) -> str:
    """Return a key that a renewal repeats: an entity's number, else its name; a person's name and birth."""
    name = fold(row.text(_FULL) or row.text(_ORIGINAL) or row.text(_OTHER))
    if person:
        born = day_of(row, _BORN)
        return key("person", name, born.isoformat() if born else "")
    number = next((one for one in numbers if one.valid and one.type in (OGRN, EDRPOU)), None)
    return key("entity", number.type, number.value) if number else key("entity", name)


def _names(row: Row) -> tuple[Name, ...]:
    """The Ukrainian name is the primary one; the one in the party's own language is the original."""
    full = tidy(row.text(_FULL))
    original = tidy(row.text(_ORIGINAL))
    found = [Name(full, NameKind.PRIMARY)] if full else []
    found += [Name(one, NameKind.ORIGINAL) for one in _several(original)]
    for one in parts(row.text(_OTHER), also=r"\s{2,}"):
        found += (replace(name, kind=NameKind.ALSO) for name in names(one, NameKind.ALSO))
    return tuple(dict.fromkeys(found))


def _several(text: str) -> tuple[str, ...]:
    """The names of a cell: a second one after a comma or in another script, without `французькою мовою`."""
    return parts(_LANGUAGE.sub("", text), also=_SECOND) if text else ()


def _births(row: Row) -> tuple[Birth, ...]:
    value = row.cells.get(_BORN)
    return births(value if isinstance(value, date) else row.text(_BORN), tidy(row.text(_PLACE)))


def _nationalities(row: Row) -> tuple[str, ...]:
    text = row.text(_NATION)
    return (text.translate(LOOKALIKES) if len(text) == 2 else text,) if text else ()


def _personal(row: Row) -> Iterator[Identifier]:
    """Passports and tax numbers of a person, in whichever cell of remarks they stand."""
    for told in (row.text(_MORE), row.text(_OFFICE)):
        for piece in _PASSPORT.split(told)[1:]:
            where = "UA" if "Україн" in piece[:40] else "RU" if re.search(r"\bРФ\b|Росій", piece[:40]) else ""
            for series, number in _SERIES.findall(_STOPS.split(piece)[0]):
                if one := identifier(PASSPORT, series + number, where):
                    yield one
        for found in _OWN_TAX.findall(told):
            if one := identifier(INN if len(found) == 12 else RNOKPP, found):
                yield one


def _numbers(row: Row) -> Iterator[Identifier]:
    """The numbers of an entity: by their shape and check digits where the label is a slip of the pen."""
    for text in (row.text(_CODE), row.text(_TAX), row.text(_MORE), row.text(_OFFICE)):
        for number in re.findall(r"(?<!\d)\d{7,15}(?!\d)", text if text[:1].isdigit() else _labelled(text)):
            type = next((t for t in (OGRN, INN, EDRPOU) if fits(t, number)), "")
            if one := identifier(type, number) if type else _slip(text, number):
                yield one


def _labelled(text: str) -> str:
    """The part of a text from its first label of a number on; without one it holds none."""
    found = re.search(r"ОДРН|ОГРН|ЄДРПОУ|ОКПО|КПП|І[ПН][ПНГ]|ИНН", text)
    return text[found.start() :] if found else ""


def _slip(text: str, number: str) -> Identifier | None:
    """A number whose check digits hold for nothing: kept under the type that its label calls it."""
    called = labelled_ids(text)
    named = next((one for one in called if one.value == number), None)
    return named or identifier(TAX, number)


def _measures(row: Row) -> Iterator[Measure]:
    """One measure for each numbered piece of the cell, under the row's decree, day and end."""
    decreed = day_of(row, DECREED)
    since = Days(decreed, decreed) if decreed else None
    known = Since.GIVEN if since else Since.UNKNOWN
    pieces = re.split(r"(?:(?<=\s)|^)\d{1,2}\)\s*|;\s*\n", row.text(_ORDERED))
    texts = [text for piece in pieces if len(text := tidy(piece).strip(" ;.")) > _SMALLEST_PIECE]
    for text in texts or [""]:
        found = order(text, UKRAINIAN)
        yield Measure(found, text, f"decree {row.text(DECREE)}", since, known, day_of(row, ENDS), row.number)

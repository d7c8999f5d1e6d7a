"""Columns of a partner's own file that can fill those of one of our tables: by headings, tags and values."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from konvoi.intake.cell import text_of, unknown
from konvoi.intake.cells import currencies
from konvoi.intake.foreign_heads import foreign_column
from konvoi.intake.head_units import head_unit
from konvoi.intake.heading import head_name, is_tag_row
from konvoi.intake.mapping import OPEN, TIMES, TableMapping
from konvoi.intake.mapping_words import heads, words
from konvoi.intake.numbers import decimal_separators
from konvoi.intake.sheet import Row, Value
from konvoi.kit.text import fold
from konvoi.model.hxl import columns_by_tag, plain_tag
from konvoi.model.naming import columns_by_name, meanings
from konvoi.model.party import party_id
from konvoi.model.spelling import party_named
from konvoi.model.table import Column, Table, Type
from konvoi.model.tables import BY_NAME

_VALUES = 300
_WORDS_SHOWN = 40
_CODE = re.compile(r"[A-Z]{3}")
_DAY = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}(?:[ T].*)?|\d{4}-\d{2}|\d{1,2}\.? \w+ \d{4}")
_NUMBER = re.compile(r"[-+(]?[€$£]?\s?\d[\d., '’\u00a0\u202f]*(?:\s?[%€$£]|\s?[A-Za-z]{1,3})?\)?")
_FIRST_TWO = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-]\d{2,4}(?:[ T].*)?")
# The Creditor Reporting System of the OECD states amounts in millions without saying so in its heads.
_IN_MILLIONS = frozenset({"usd commitment", "usd disbursement", "usd received"})
_OF_CRS = frozenset({"crsid", "crs id", "crsnumber", "purposename", "purposecode", "purpose name"})
_SIGNS = frozenset({"€", "£", "$", "₴", "zł", "Kč", "kr"})
_NUMBERS = frozenset({Type.NUMBER, Type.MONEY, Type.WHOLE, Type.SHARE})
_OWN, _TAG, _WORD, _PART = 4, 4, 3, 1
"""Weights of the evidence for a column: our own name, a tag, a known head, a part of a head."""


def is_value(text: str) -> bool:
    """Return True if a text is a number, a day or an address of the web, so no heading."""
    return bool(_NUMBER.fullmatch(text.strip()) or _DAY.fullmatch(text.strip())) or text.startswith("http")


def fitted(
    table: Table, head: Row, body: Sequence[Row], given: Mapping[str, str]
) -> tuple[TableMapping, int]:
    """Return a mapping of a head to a table, and how well it fits.

    given: constants that a person states; `party` is the sender where no column names a giver.
    """
    tags = body[0] if body and is_tag_row(body[0]) else None
    rows = body[1:] if tags is not None else body
    found: dict[str, tuple[int, int]] = {}
    names = [text_of(value) for value in head.cells]
    for index, name in enumerate(names):
        if not name or names.index(name) != index:
            continue
        values = [row[index] for row in rows[:_VALUES] if not unknown(row[index])]
        for column, weight in _meant(table, name, tags[index] if tags is not None else None):
            if not _fits(column, values) or (column.name in given and column.name != "party"):
                continue
            if column.name not in found or weight > found[column.name][0]:
                found[column.name] = (weight, index)
    columns = _by_values(table, _required_first(table, _once(found), names), names, rows)
    score = sum(weight for name, (weight, index) in found.items() if columns.get(name) == index)
    must = {column.name for column in table.columns if column.must} - {"party"}
    score += len(must & set(columns)) - 3 * len(must - set(columns) - set(table.key))
    # A package is known by its content; other rows without a reference are seldom meant.
    score -= 4 if table.name != "packages" and not set(table.key) <= set(columns) else 0
    mapping = TableMapping(
        table=table.name,
        columns={name: names[index] for name, index in columns.items()},
    )
    return completed(mapping, columns, names, rows, given), score


def _once(found: Mapping[str, tuple[int, int]]) -> dict[str, int]:
    """Return the columns that keep their heading: each heading fills the column that it means most surely."""
    taken: dict[int, str] = {}
    for name, (weight, index) in found.items():
        other = taken.get(index)
        if other is None or weight > found[other][0]:
            taken[index] = name
    return {name: index for index, name in sorted(taken.items())}


def _required_first(table: Table, columns: Mapping[str, int], names: Sequence[str]) -> dict[str, int]:
    """Return columns in which a required one takes a heading that also means it from an optional one."""
    found = dict(columns)
    must = {column.name for column in table.columns if column.must}
    for name in sorted(must - set(found)):
        for other, index in sorted(found.items()):
            meant = {column.name for column, _ in _meant(table, names[index], None)}
            if other not in must and name in meant:
                del found[other]
                found[name] = index
                break
    return found


def _by_values(
    table: Table, columns: Mapping[str, int], names: Sequence[str], rows: Sequence[Row]
) -> dict[str, int]:
    """Return columns with those for days and currencies that one heading shows by its values alone."""
    found = dict(columns)
    for column in table.columns:
        wanted = column.type == Type.CURRENCY or (column.must and column.type == Type.DAY)
        if column.name in found or not wanted:
            continue
        fitting = [
            index
            for index, name in enumerate(names)
            if name and index not in found.values() and _shows(column, [row[index] for row in rows[:_VALUES]])
        ]
        if len(fitting) == 1:
            found[column.name] = fitting[0]
    return found


def _shows(column: Column, values: Sequence[Value]) -> bool:
    """Return True if every filled cell of a heading is a day, or a currency."""
    filled = [value for value in values if not unknown(value)]
    if column.type == Type.DAY:
        return bool(filled) and all(_is_day(value) and len(text_of(value)) > 4 for value in filled)
    return bool(filled) and all(text_of(value).upper() in currencies() for value in filled)


def _meant(table: Table, name: str, tag: Value) -> Iterator[tuple[Column, int]]:
    """Yield the columns that a heading or its tag may mean, each with the weight of the evidence."""
    by_name = {column.name: column for column in table.columns}
    # Of a path in JSON the last part names the value; abbreviations end with a point, too.
    bare = name.rstrip(".")
    head = head_name(bare.rpartition(".")[2] if " " not in bare else bare)
    if (own := columns_by_name(table).get(head)) is not None:
        yield by_name[own], _OWN
    if tag is not None and (tagged := columns_by_tag(table).get(plain_tag(text_of(tag)))) is not None:
        yield tagged, _TAG
    if (foreign := foreign_column(table, head)) in by_name:
        yield by_name[foreign], _WORD
    known = heads()
    spaced = fold(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).replace(".", " "))
    plain = fold(re.sub(r"\b[A-Z]{3}\b", "", name))
    for text, weight in ((head, _WORD), (spaced, _WORD), (plain, _WORD)):
        for column in known.get(text, ()):
            if (wanted := column or (table.key[0] if table.key else "")) in by_name:
                yield by_name[wanted], weight
    parts = spaced.split()
    for column in dict.fromkeys(one for part in parts for one in known.get(part, ())):
        if column in by_name:
            yield by_name[column], _PART


def _fits(column: Column, values: Sequence[Value]) -> bool:
    """Return True if half of the values of a heading can be values of a column; one without fits any."""
    if not values:
        return True
    if column.type == Type.DAY:
        return _most(_is_day(value) for value in values)
    if column.type in _NUMBERS:
        return _most(_is_number(value) for value in values)
    if column.type == Type.CURRENCY:
        return _most(_is_currency(value) for value in values)
    if column.type == Type.CHOICE:
        known = {*meanings("choice", column.choices), *words(column.name)}
        return any(fold(text_of(value)) in known for value in values)
    if column.type == Type.ID:
        texts = [text_of(value) for value in values]
        return len(set(texts)) == len(texts) and max(map(len, texts)) <= 60
    if column.type == Type.URL:
        return _most(text_of(value).startswith(("http", "www.")) for value in values)
    if column.type == Type.TEXT and column.name != "place":
        return not _most(_is_number(value) for value in values)
    return True


def _most(answers: Iterator[bool]) -> bool:
    told = list(answers)
    return 2 * sum(told) >= len(told)


def _is_currency(value: Value) -> bool:
    text = text_of(value)
    return text.upper() in currencies() or text in _SIGNS


def _is_day(value: Value) -> bool:
    if isinstance(value, date | datetime):
        return True
    text = text_of(value)
    return bool(_DAY.fullmatch(text)) or (text.isdecimal() and len(text) == 4 and "1990" <= text <= "2060")


def _is_number(value: Value) -> bool:
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return True
    return isinstance(value, str) and bool(_NUMBER.fullmatch(value.strip()))


def completed(
    mapping: TableMapping,
    columns: Mapping[str, int],
    names: Sequence[str],
    rows: Sequence[Row],
    given: Mapping[str, str],
) -> TableMapping:
    """Return a mapping with constants, words, scales, separators, and a reference where rows have none."""
    table = BY_NAME[mapping.table]
    constants = {name: value for name, value in given.items() if any(name == c.name for c in table.columns)}
    constants = {name: value for name, value in constants.items() if name not in columns}
    if any(column.name == "party" for column in table.columns) and not _names_parties(columns, rows):
        columns = _without_giver(table, columns)
        constants["party"] = given.get("party", OPEN)
    money = next((column.name for column in table.columns if column.type == Type.MONEY), "")
    if money in columns and not {"currency"} & ({*columns} | {*constants}):
        constants["currency"] = _currency_of(names[columns[money]]) or OPEN
    reference = _reference(table, columns, names)
    first = table.key[0] if table.key else ""
    for column in table.columns:
        stated = {*columns, *constants, *((first,) if reference else ())}
        if column.must and column.name not in stated:
            constants[column.name] = OPEN
    order = _order(table, columns)
    return replace(
        mapping,
        columns={name: names[columns[name]] for name in order},
        constants={name: constants[name] for name in _order(table, constants)},
        words=dict(_words(table, columns, rows)),
        times=dict(_times(table, columns, names)),
        reference=reference,
        ignored=tuple(
            dict.fromkeys(
                name
                for index, name in enumerate(names)
                if name and index not in columns.values() and name not in reference
            )
        ),
        decimal=_decimal(table, columns, rows),
        day_order=_day_order(table, columns, rows),
    )


def _names_parties(columns: Mapping[str, int], rows: Sequence[Row]) -> bool:
    """Return True if the column of givers names parties that are known; else the sender is the giver."""
    if "party" not in columns:
        return False
    texts = [text_of(row[columns["party"]]) for row in rows[:_VALUES] if not unknown(row[columns["party"]])]
    return not texts or _most(bool(party_id(text) or party_named(text)) for text in texts)


def _without_giver(table: Table, columns: Mapping[str, int]) -> dict[str, int]:
    """Return columns without that of givers: organisations that are no parties carry the work out."""
    found = {name: index for name, index in columns.items() if name != "party"}
    if "party" in columns and any(column.name == "implementer" for column in table.columns):
        found.setdefault("implementer", columns["party"])
    return found


def _order(table: Table, names: Collection[str]) -> list[str]:
    return [column.name for column in table.columns if column.name in names]


def _reference(table: Table, columns: Mapping[str, int], names: Sequence[str]) -> tuple[str, ...]:
    """Return the headings from which a reference is made, where no column holds one."""
    if not table.key or table.key[0] in columns:
        return ()
    parts = [name for name in ("party", "title", "good", "day", "place", "implementer") if name in columns]
    return tuple(names[columns[name]] for name in parts)


def _currency_of(heading: str) -> str:
    """Return the currency that a heading names, such as `USD_Commitment`; empty for none or several."""
    found = {code for code in _CODE.findall(heading.replace("_", " ")) if code in currencies()}
    signs = {"€": "EUR", "£": "GBP", "₴": "UAH", "zł": "PLN"}
    found |= {code for sign, code in signs.items() if sign in heading}
    found |= {"UAH"} if "грн" in heading.lower() else set()
    return found.pop() if len(found) == 1 else ""


def _times(table: Table, columns: Mapping[str, int], names: Sequence[str]) -> Iterator[tuple[str, int]]:
    for column in table.columns:
        if column.type == Type.MONEY and column.name in columns:
            heading = names[columns[column.name]]
            if fold(heading) in _IN_MILLIONS and {fold(name) for name in names} & _OF_CRS:
                yield column.name, 1_000_000
                continue
            unit = head_unit(heading)
            if unit is not None and len(unit.times) == 1 and unit.times[0] in TIMES:
                yield column.name, unit.times[0]


def _words(
    table: Table, columns: Mapping[str, int], rows: Sequence[Row]
) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield the words of columns with choices that are none of ours, each with the likeliest choice."""
    for column in table.columns:
        if column.type != Type.CHOICE or column.name not in columns:
            continue
        ours = meanings("choice", column.choices)
        counted = Counter(
            text for row in rows if (text := text_of(row[columns[column.name]])) and not unknown(text)
        )
        strange = [text for text, _ in counted.most_common(_WORDS_SHOWN) if fold(text) not in ours]
        if strange:
            known = words(column.name)
            yield column.name, {text: known.get(fold(text), OPEN) for text in strange}


def _decimal(table: Table, columns: Mapping[str, int], rows: Sequence[Row]) -> str:
    shown = {
        sign
        for column in table.columns
        if column.type in _NUMBERS and column.name in columns
        for sign in decimal_separators(row[columns[column.name]] for row in rows)
    }
    return shown.pop() if len(shown) == 1 else ""


def _day_order(table: Table, columns: Mapping[str, int], rows: Sequence[Row]) -> str:
    """Return the order of days and months that some day of the file shows; empty where none does, or both."""
    shown = set()
    for column in table.columns:
        if column.type != Type.DAY or column.name not in columns:
            continue
        for row in rows:
            found = _FIRST_TWO.fullmatch(text_of(row[columns[column.name]]))
            if found and int(found[1]) > 12:
                shown.add("day first")
            elif found and int(found[2]) > 12:
                shown.add("month first")
    return shown.pop() if len(shown) == 1 else ""

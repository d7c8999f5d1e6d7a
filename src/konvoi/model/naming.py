"""Names of tables, columns and choices in each language, and the meaning of a name in any of them."""

from collections.abc import Mapping
from functools import cache
from importlib import resources

from babel.messages.pofile import read_po

from konvoi.kit.text import fold
from konvoi.model.party import LANGUAGES
from konvoi.model.table import Column, Table


def localized(context: str, text: str, language: str) -> str:
    """A name, choice, unit or help text in a language; in English where the catalogue has none.

    >>> localized("choice", "from stock", "de"), localized("column", "quantity", "uk")
    ('aus Beständen', 'кількість')
    """
    return _catalogue(language).get((context, text), text)


def heading(column: Column, language: str) -> str:
    """Return the heading of a column: its name, its unit in brackets, a star if it is required.

    >>> from konvoi.model.tables import BY_NAME
    >>> heading(BY_NAME["goods"].columns[3], "en"), heading(BY_NAME["goods"].columns[0], "de")
    ('weight [kg]', 'Gut *')
    """
    name = column_name(column, language)
    if name == column.name:
        bare = name.rpartition("_")[0] if column.unit and name.endswith(("_kg", "_m3")) else name
        name = bare.replace("_", " ")
    unit = f" [{localized('unit', column.unit, language)}]" if column.unit else ""
    return f"{name}{unit}{' *' if column.must else ''}"


def column_name(column: Column, language: str) -> str:
    """Return the name of a column in a language, in its own sense where it has one.

    >>> from konvoi.model.tables import BY_NAME
    >>> [column_name(BY_NAME[table].columns[at], "de") for table, at in (("lanes", 2), ("closures", 2))]
    ['nach', 'bis']
    """
    if column.sense:
        found = localized(f"{column.sense} column", column.name, language)
        if found != column.name:
            return found
    return localized("column", column.name, language)


@cache
def meanings(context: str, texts: tuple[str, ...]) -> Mapping[str, str]:
    """For each folded spelling in any language, the English text it means; English wins.

    Names in a sense of their own count, and former names, so that older files are read.
    """
    found: dict[str, str] = {}
    for language in reversed(LANGUAGES):
        for (sense, text), name in _catalogue(language).items():
            if text in texts and sense.endswith(f" {context}"):
                found[fold(name)] = text
    for language in reversed(LANGUAGES):
        found |= {fold(localized(context, text, language)): text for text in texts}
    return found


def columns_by_name(table: Table) -> Mapping[str, str]:
    """For each folded name of a column in any language, the column's name."""
    return meanings("column", tuple(column.name for column in table.columns))


@cache
def _catalogue(language: str) -> Mapping[tuple[str, str], str]:
    """The catalogues of all tables in a language."""
    folder = resources.files("konvoi.model") / "locale"
    found: dict[tuple[str, str], str] = {}
    for file in sorted(folder.iterdir(), key=lambda one: one.name):
        if not file.name.endswith(f".{language}.po"):
            continue
        with file.open("rb") as stream:
            catalogue = read_po(stream, locale=language)
        found |= {
            (message.context or "", str(message.id)): str(message.string)
            for message in catalogue
            if message.id and message.string and not message.fuzzy
        }
    return found

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
    name = localized("column", column.name, language)
    if name == column.name:
        bare = name.rpartition("_")[0] if column.unit and name.endswith(("_kg", "_m3")) else name
        name = bare.replace("_", " ")
    unit = f" [{localized('unit', column.unit, language)}]" if column.unit else ""
    return f"{name}{unit}{' *' if column.must else ''}"


@cache
def meanings(context: str, texts: tuple[str, ...]) -> Mapping[str, str]:
    """For each folded spelling in any language, the English text it means; English wins."""
    found: dict[str, str] = {}
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
